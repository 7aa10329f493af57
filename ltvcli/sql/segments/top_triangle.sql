-- As facts/orders/triangle.sql, of customers who brought more than `above` in all.
select
    customers.segment,
    cohort,
    cast(floor(greatest(day - first, 0) / 30.436875) as integer) as age_month,
    bucket,
    cast(floor(greatest(day - first, 0) / 30.436875) as integer) < observed_months as complete,
    sum(amount) as revenue,
    cast(count(case when counted then 1 end) as bigint) as orders,
    coalesce(sum(orders.cost), 0) as cost,
    coalesce(sum(case when orders.cost is not null then amount end), 0) as costed_revenue
from orders
inner join customers using (customer)
where customers.revenue > $above and customers.orders > 0
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5;
