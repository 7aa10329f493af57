-- Sums of triangle_customers.sql by their number and age. Refunds from before the first order count at
-- age 0.
create or replace temp table triangle_cells as
select
    number,
    cast(floor(cast(greatest(days_between(first, day), 0) as double) / 30.436875) as integer) as age_month,
    sum(amount) as revenue,
    count(case when counted then 1 end) as orders,
    sum(cost) as cost,
    sum(case when cost is not null then amount end) as costed_revenue
from orders
inner join triangle_customers using (customer_key)
group by 1, 2;
