-- Totals over all rows, exact; `last_gap_days` is from the second newest order day to the newest,
-- and no order comes more than `most_days` after the first one of its customer.
select
    groups,
    customers,
    orders,
    net_revenue,
    first,
    largest_customer_revenue,
    days_between(day_before, newest) as last_gap_days,
    days_between(oldest, latest) as most_days
from (
    select
        cast(count(*) as bigint) as groups,
        cast(count(case when orders > 0 then 1 end) as bigint) as customers,
        cast(sum(orders) as bigint) as orders,
        min(case when orders > 0 then first end) as first,
        max(revenue) as largest_customer_revenue,
        max(last) as newest,
        min(first) as oldest
    from customers
) as by_customer
cross join (
    select
        sum(amount) as net_revenue,
        max(day) as latest,
        max(case when counted and day < newest_order then day end) as day_before
    from orders
    cross join (select max(last) as newest_order from customers) as newest_day
) as by_order;
