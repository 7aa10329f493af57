-- Customers by bucket and renewal, a month apart: of who left, the first renewal they did not make; of
-- who is still there, how many they made. Up to three days after a renewal count as at it: files differ
-- in whether the last day is paid, and in what a month is. Who left before a renewal that others have
-- still ahead of them counts as there so far, or the newest month would show leavers and nobody else;
-- `paying` are without these.
with
    lived as (
        select
            segment,
            bucket,
            last <= $as_of as gone,
            first,
            least(last, $as_of + 1) as until,
            cast(datesub('month', first, least(last, $as_of)) as integer) as months,
            cast(datesub('month', first, $as_of) as integer) as seen
        from customers
    ),
    renewed as (
        select
            *,
            case
                when until - cast(first + to_months(months) as date) <= 3 then greatest(months, 1)
                else months + 1
            end as missed
        from lived
    )
select
    segment,
    bucket,
    gone and missed <= seen as ended,
    case when gone and missed <= seen then missed else seen end as renewals,
    cast(count(*) as bigint) as customers,
    cast(count(case when not gone then 1 end) as bigint) as paying
from renewed
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
