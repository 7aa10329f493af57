-- First days and what came after them, from two passes over the orders. `is_start`: all counted orders of
-- the first day; `period` is then the day, counted from 1900-01-01. Else everything else, refunds included,
-- by calendar month (12 * year + month - 1), or by week (from Monday 1900-01-01) if $weekly, and by age; what
-- came before the first order is at age 0. Refunds of people without any counted order are at age -1: in
-- the revenue, in no rate. `number` stands for segment and bucket, which sums are added up by.
create or replace temp table period_members as
select customer_key, first, cast(segment * 100 + bucket as integer) as number, orders = 0 as orderless
from customers;

create or replace temp table period_sums as
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
            when counted and day = first then day - date '1900-01-01'
            when $weekly then cast(floor((day - date '1900-01-01') / 7) as integer)
            else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
        end as period,
        case
            when orderless then -1
            else cast(floor(greatest(day - first, 0) / 30.436875) as integer)
        end as age_month
    from orders
    inner join period_members using (customer_key)
) as placed
group by 1, 2, 3, 4;

-- Who came back in a period, each once: no period is longer than a month of age, so that a customer has two
-- ages in it at most, the youngest and the oldest.
create or replace temp table period_buyers as
select number, period, youngest, oldest, count(*) as customers
from (
    select
        customer_key,
        period,
        min(number) as number,
        min(age_month) as youngest,
        max(age_month) as oldest
    from (
        select
            customer_key,
            number,
            case
                when $weekly then cast(floor((day - date '1900-01-01') / 7) as integer)
                else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
            end as period,
            cast(floor((day - first) / 30.436875) as integer) as age_month
        from orders
        inner join period_members using (customer_key)
        where counted and day > first
    ) as returned
    group by customer_key, period
) as by_customer
group by 1, 2, 3, 4;

create or replace temp table period_cells as
with
    buyers as (
        select number, is_start, period, age_month, sum(customers) as buyers
        from (
            select number, false as is_start, period, youngest as age_month, customers
            from period_buyers
            union all
            select number, false as is_start, period, oldest as age_month, customers
            from period_buyers
            where oldest > youngest
            union all
            select
                cast(segment * 100 + bucket as integer) as number,
                true as is_start,
                first - date '1900-01-01' as period,
                0 as age_month,
                count(*) as customers
            from customers
            where orders > 0
            group by 1, 3
        ) as counts
        group by 1, 2, 3, 4
    )
select
    cast(floor(sums.number / 100) as integer) as segment,
    sums.is_start,
    sums.period,
    sums.age_month,
    cast(sums.number % 100 as integer) as bucket,
    sums.revenue,
    cast(sums.orders as bigint) as orders,
    cast(coalesce(buyers.buyers, 0) as bigint) as buyers,
    coalesce(sums.cost, 0) as cost,
    coalesce(sums.costed_revenue, 0) as costed_revenue
from period_sums as sums
left join buyers
    on buyers.number = sums.number
    and buyers.is_start = sums.is_start
    and buyers.period = sums.period
    and buyers.age_month = sums.age_month;

select * from period_cells order by segment, is_start, period, age_month, bucket;
