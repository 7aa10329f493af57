-- Totals over all customers who ever paid.
select
    cast(count(*) as bigint) as customers,
    cast(coalesce(sum(orders), 0) as bigint) as orders,
    cast(coalesce(sum(revenue), 0) as decimal(38, 12)) as net_revenue,
    cast(coalesce(max(revenue), 0) as double) as largest_customer_revenue,
    min(first) as first
from customers;
