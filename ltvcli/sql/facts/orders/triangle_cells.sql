-- Sums of triangle_customers.sql by their number and age, in one number: DuckDB adds up by few such numbers in
-- an array. Refunds from before the first order count at age 0.
create or replace temp table triangle_cells as
select
    cell - cell % $ages as number,
    cast(cell % $ages as integer) as age_month,
    revenue,
    orders,
    cost,
    costed_revenue
from (
    select
        number + cast(floor(cast(greatest(days_between(first, day), 0) as double) / 30.436875) as integer) as cell,
        sum(amount) as revenue,
        count(case when counted then 1 end) as orders,
        sum(cost) as cost,
        sum(case when cost is not null then amount end) as costed_revenue
    from orders
    inner join triangle_customers using (customer_key)
    group by 1
) as by_cell;
