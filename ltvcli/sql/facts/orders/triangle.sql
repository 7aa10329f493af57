-- Sums by cohort, age month and bucket. Refunds from before the first order count at age 0. Of customers
-- with more revenue than $revenue_above, if it is not NULL.
create or replace temp table triangle as
select
    segment,
    cohort,
    age_month,
    bucket,
    age_month < observed_months as complete,
    sum(revenue) as revenue,
    cast(sum(orders) as bigint) as orders,
    coalesce(sum(cost), 0) as cost,
    coalesce(sum(costed_revenue), 0) as costed_revenue
from (
    select
        customers.segment,
        cohort,
        cast(floor(greatest(day - first, 0) / 30.436875) as integer) as age_month,
        bucket,
        observed_months,
        sum(amount) as revenue,
        count(case when counted then 1 end) as orders,
        sum(orders.cost) as cost,
        sum(case when orders.cost is not null then amount end) as costed_revenue
    from orders
    inner join customers using (customer_key)
    where $revenue_above is null or (customers.orders > 0 and customers.revenue > $revenue_above)
    group by 1, 2, 3, 4, 5
) as cells
group by 1, 2, 3, 4, 5;

select * from triangle order by segment, cohort, age_month, bucket, complete;
