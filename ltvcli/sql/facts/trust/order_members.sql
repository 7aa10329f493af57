-- Customers of orders: kept who ordered again within 90 days; money of these days, and from then to the
-- horizon of $days. `last` is the last order.
create or replace temp table trust_members as
select
    c.customer,
    c.customer_key,
    c.bucket,
    c.first,
    c.last,
    c.cohort,
    g.grp,
    g.stratum,
    coalesce(o.is_kept, 0) as is_kept,
    coalesce(o.early, 0) as early,
    coalesce(o.later, 0) as later
from customers as c
inner join trust_groups as g on g.place = c.rowid
left join (
    select
        orders.customer_key,
        max(case when orders.counted and orders.day > k.first and orders.day <= k.first + 90 then 1 else 0 end)
            as is_kept,
        sum(case when orders.day <= k.first + 90 then orders.amount else 0 end) as early,
        sum(
            case
                when orders.day > k.first + 90 and orders.day < k.first + cast($days as integer)
                    then orders.amount
                else 0
            end
        ) as later
    from orders
    inner join customers as k on k.customer_key = orders.customer_key
    group by orders.customer_key
) as o on o.customer_key = c.customer_key
where c.orders > 0;
