-- As facts/orders/totals.sql, by segment in the order of the codes; revenue as text, which is exact.
select
    cast(count(case when orders > 0 then 1 end) as bigint) as customers,
    cast(sum(orders) as bigint) as orders,
    cast(sum(revenue) as varchar) as net_revenue,
    min(case when orders > 0 then first end) as first,
    cast(max(revenue) as double) as largest_customer_revenue
from customers
group by segment
order by segment;
