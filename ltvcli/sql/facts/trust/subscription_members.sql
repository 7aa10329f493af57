-- Customers of subscriptions: kept who still pay 90 days after the first paid day; money of the days 0 to 90,
-- and from then to the horizon of $days. `last` is the first day no longer paid.
create or replace temp table trust_members as
select
    c.customer,
    c.bucket,
    c.first,
    c.last,
    c.cohort,
    g.grp,
    g.stratum,
    case when c.last - c.first > 90 then 1 else 0 end as is_kept,
    cast(coalesce(p.early, 0) as decimal(28, 9)) as early,
    cast(coalesce(p.later, 0) as decimal(28, 9)) as later
from customers as c
inner join trust_groups as g on g.place = c.rowid
left join (
    select
        customer,
        sum(yearly * greatest(least(to_day, 91) - from_day, 0)) / (12 * 30.436875) as early,
        sum(
            yearly
            * greatest(least(to_day, greatest(cast($days as integer), 91)) - greatest(from_day, 91), 0)
        ) / (12 * 30.436875) as later
    from paid
    group by customer
) as p on p.customer = c.customer;
