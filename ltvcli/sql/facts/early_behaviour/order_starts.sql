-- Customers in the order of ids: the day of the first order, and how many days later the second came.
create or replace temp table early_starts as
select
    customer,
    first,
    again - first as decided,
    row_number() over (order by customer) - 1 as place
from (
    select
        c.customer,
        min(c.first) as first,
        min(case when o.counted and o.day > c.first then o.day end) as again
    from customers as c
    inner join orders as o on o.customer_key = c.customer_key
    where c.orders > 0
    group by c.customer
) as lives;
