-- Totals over customers with more revenue than $revenue_above, exact.
select
    cast(count(*) as bigint) as customers,
    cast(coalesce(sum(orders), 0) as bigint) as orders,
    coalesce(sum(revenue), 0) as net_revenue
from customers
where orders > 0 and revenue > $revenue_above;
