-- Sums by cohort, age month and bucket. Refunds from before the first order count at age 0. Of customers
-- with more revenue than $revenue_above, if it is not NULL.
-- Customers with the same keys of the triangle share a number: sums by this number and age take half
-- the time of sums by all keys.
create or replace temp table triangle_customers as
select customer_key, segment, cohort, bucket, observed_months, first
from customers
where $revenue_above is null or (orders > 0 and revenue > $revenue_above);

create or replace temp table triangle_groups as
select
    segment,
    cohort,
    bucket,
    observed_months,
    cast(row_number() over (order by segment, cohort, bucket, observed_months) as integer) as number
from (select distinct segment, cohort, bucket, observed_months from triangle_customers) as combinations;

create or replace temp table triangle_customers as
select members.customer_key, members.first, triangle_groups.number
from triangle_customers as members
inner join triangle_groups
    on triangle_groups.segment = members.segment
    and triangle_groups.cohort = members.cohort
    and triangle_groups.bucket = members.bucket
    and triangle_groups.observed_months = members.observed_months;

create or replace temp table triangle as
select
    segment,
    cohort,
    age_month,
    bucket,
    age_month < observed_months as complete,
    sum(cells.revenue) as revenue,
    cast(sum(cells.orders) as bigint) as orders,
    coalesce(sum(cells.cost), 0) as cost,
    coalesce(sum(cells.costed_revenue), 0) as costed_revenue
from (
    select
        number,
        cast(floor(greatest(day - first, 0) / 30.436875) as integer) as age_month,
        sum(amount) as revenue,
        count(case when counted then 1 end) as orders,
        sum(orders.cost) as cost,
        sum(case when orders.cost is not null then amount end) as costed_revenue
    from orders
    inner join triangle_customers using (customer_key)
    group by 1, 2
) as cells
inner join triangle_groups using (number)
group by 1, 2, 3, 4, 5;

select * from triangle order by segment, cohort, age_month, bucket, complete;
