-- The newest day the rows speak for, and by sheet the first and last. A month speaks for its last day;
-- an end of something that still runs is only planned. `changes`: a row may change its state.
select sheet, count(*) as records, min(start) filter (start <= $today) as first_day,
    max(case
        when shape = 'months' then least(last_day(start), $today)
        else greatest(
            case when start <= $today then start end,
            case when period_start <= $today and shape = 'spans' then period_start end,
            case when paused <= $today then paused end,
            case when stated_stop <= $today and coalesce(status, 'ended') = 'ended' and shape = 'spans' then stated_stop end)
    end) filter (start <= $today and status is distinct from 'future') as last_day,
    bool_or(coalesce(status in ('trial', 'past-due', 'unpaid', 'paused'), false) or trial_end is not null) as changes
from subscription_records
group by sheet
order by sheet;
