-- Orders without ids that two sheets have in common, where these are most of the days both hold.
with orders as (
    select sheet, customer_key, day, amount, count(*) as rows
    from all_orders
    where list_contains($sheets, sheet) and reason is null and amount > 0
    group by all
), spans as (
    select sheet, min(day) as first, max(day) as last from orders group by sheet
), pairs as (
    select a.sheet as earlier, b.sheet as later, greatest(a.first, b.first) as first,
        least(a.last, b.last) as last
    from spans as a join spans as b on a.sheet < b.sheet
    where greatest(a.first, b.first) <= least(a.last, b.last)
), same_orders as (
    select pairs.earlier, pairs.later, sum(least(a.rows, b.rows)) as same,
        sum(least(a.rows, b.rows) * a.amount) as money
    from pairs
    join orders as a on a.sheet = pairs.earlier
    join orders as b on b.sheet = pairs.later
        and (b.customer_key, b.day, b.amount) = (a.customer_key, a.day, a.amount)
    group by pairs.earlier, pairs.later
), shared as (
    select pairs.earlier, pairs.later, orders.sheet, sum(orders.rows) as rows
    from pairs join orders on orders.sheet in (pairs.earlier, pairs.later)
        and orders.day between pairs.first and pairs.last
    group by all
)
select earlier, later, same, money
from same_orders join (
        select earlier, later, min(rows) as fewer, max(rows) as more
        from shared group by all)
    using (earlier, later)
where 2 * same >= case when same > 1 then fewer else more end
order by later, money desc;
