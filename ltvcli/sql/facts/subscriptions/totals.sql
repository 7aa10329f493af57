-- Totals over all customers who ever paid.
select
    cast(count(*) as bigint) as customers,
    cast(coalesce(sum(orders), 0) as bigint) as orders,
    coalesce(sum(revenue), 0) as revenue,
    coalesce(max(revenue), 0) as largest_customer_revenue,
    min(first) as first
from customers;
