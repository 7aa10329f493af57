-- What became of each customer, in the order of ids: left if no second order follows within $within
-- days of the first. Revenue is that of $horizon days.
select
    customer,
    first,
    coalesce(again > first + $within, true) as "left",
    first + $within <= $as_of as observed,
    cast(revenue as double) as revenue,
    first + $horizon <= $as_of as is_whole
from (
    select
        c.customer,
        min(c.first) as first,
        min(case when o.counted and o.day > c.first then o.day end) as again,
        sum(case when o.day < c.first + $horizon then o.amount else 0 end) as revenue
    from customers as c
    inner join orders as o on o.customer_key = c.customer_key
    where c.orders > 0
    group by c.customer
) as lives
order by customer;
