-- First days and what came after them, from one pass over the orders, which has the cells of the triangle too.
-- `is_start`: all counted orders of the first day; `period` is then the day, counted from 1900-01-01. Else
-- everything else, refunds included, by calendar month (12 * year + month - 1), or by week (from Monday
-- 1900-01-01) if $weekly, and by age; what came before the first order is at age 0. Refunds of people without
-- any counted order are at age -1: in the revenue, in no rate. The groups are those of
-- facts/orders/triangle_customers.sql.
create or replace temp table period_groups as
select
    number,
    is_start,
    period,
    age_month,
    sum(amount) as revenue,
    count(case when counted then 1 end) as orders,
    sum(cost) as cost,
    sum(case when cost is not null then amount end) as costed_revenue
from (
    select
        number,
        amount,
        counted,
        cost,
        counted and day = first as is_start,
        case
            when counted and day = first then days_between(date '1900-01-01', day)
            when $weekly then cast(floor(cast(days_between(date '1900-01-01', day) as double) / 7) as integer)
            else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
        end as period,
        cast(floor(cast(greatest(days_between(first, day), 0) as double) / 30.436875) as integer) as age_month
    from orders
    inner join triangle_customers using (customer_key)
) as placed
group by 1, 2, 3, 4;

create or replace temp table triangle_cells as
select
    number,
    age_month,
    sum(revenue) as revenue,
    sum(orders) as orders,
    sum(cost) as cost,
    sum(costed_revenue) as costed_revenue
from period_groups
group by 1, 2;

-- `number` now stands for segment and bucket, which sums are added up by.
create or replace temp table period_sums as
select
    cast(segment * 100 + bucket as integer) as number,
    is_start,
    period,
    case when orderless then -1 else age_month end as age_month,
    sum(revenue) as revenue,
    sum(orders) as orders,
    sum(cost) as cost,
    sum(costed_revenue) as costed_revenue
from period_groups
inner join triangle_groups using (number)
group by 1, 2, 3, 4;

drop table period_groups;
