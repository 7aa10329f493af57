-- As facts/orders/triangle_cells.sql, of orders whose cost is not known: sums of no cost take time too.
create or replace temp table triangle_cells as
select
    cell - cell % $ages as number,
    cast(cell % $ages as integer) as age_month,
    revenue,
    orders,
    cast(null as decimal(18, 4)) as cost,
    cast(null as decimal(18, 4)) as costed_revenue
from (
    select
        number + cast(floor(cast(greatest(days_between(first, day), 0) as double) / 30.436875) as integer) as cell,
        sum(amount) as revenue,
        count(case when counted then 1 end) as orders
    from orders
    inner join triangle_customers using (customer_key)
    group by 1
) as by_cell;
