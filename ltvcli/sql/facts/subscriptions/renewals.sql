-- Customers by bucket and monthly renewal: of leavers, the first renewal they did not make; of active
-- customers, the number they made. Up to three days after a renewal count as at it: files differ in
-- whether the last day is paid, and in the length of a month. Leavers before a renewal that is still to
-- come for others count as active so far, or the newest month would show leavers only; `paying`
-- excludes these.
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
