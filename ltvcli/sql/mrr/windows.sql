-- The windows of days (opens, closes] that figures are summed over, one for each calendar month from
-- `first` to `last`: the month itself, or `trailing` days back from its end.
create or replace temp table mrr_windows as
select
    month,
    last_day(month) <= $as_of as complete,
    case
        when $trailing is null then cast(month - interval 1 day as date)
        else least(last_day(month), $as_of) - $trailing
    end as opens,
    least(last_day(month), $as_of) as closes
from (
    select
        cast(
            unnest(
                generate_series(date_trunc('month', $first), least($last, $as_of), interval 1 month)
            ) as date
        ) as month
) as months;
