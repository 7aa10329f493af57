-- First days and what came after them, in one pass over the orders. `is_start`: all counted orders of the
-- first day; `period` is then the day, counted from 1900-01-01. Else everything else, refunds included, by
-- calendar month (12 * year + month - 1), or by week (from Monday 1900-01-01) if $weekly, and by age.
-- No month or week is longer than a month of age, so that a customer has two ages in it at most: the one
-- at its start (part 1; what came before the first order is at age 0) and the next (part 2). `buyers` have
-- a counted order in that cell. Refunds of people without any counted order are at age -1: in the
-- revenue, in no rate.
create or replace temp table period_cells as
select
    segment,
    part = 0 as is_start,
    period,
    case when orderless then -1 when part = 2 then age + 1 else age end as age_month,
    bucket,
    sum(revenue) as revenue,
    cast(sum(orders) as bigint) as orders,
    cast(count(case when orders > 0 then 1 end) as bigint) as buyers,
    coalesce(sum(cost), 0) as cost,
    coalesce(sum(costed_revenue), 0) as costed_revenue
from (
    select
        customer,
        period,
        part,
        min(segment) as segment,
        min(bucket) as bucket,
        min(age) as age,
        min(orders) = 0 as orderless,
        sum(amount) as revenue,
        count(case when counted then 1 end) as orders,
        sum(cost) as cost,
        sum(case when cost is not null then amount end) as costed_revenue
    from (
        select
            customer,
            segment,
            bucket,
            orders,
            amount,
            counted,
            cost,
            case
                when is_first then first - date '1900-01-01'
                when $weekly then cast(floor((day - date '1900-01-01') / 7) as integer)
                else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
            end as period,
            case when is_first then 0 else age_at_start end as age,
            case
                when is_first then 0
                when floor(greatest(day - first, 0) / 30.436875) = age_at_start then 1
                else 2
            end as part
        from (
            select
                orders.customer,
                customers.segment,
                customers.bucket,
                customers.first,
                customers.orders,
                orders.day,
                orders.amount,
                orders.counted,
                orders.cost,
                orders.counted and orders.day = customers.first as is_first,
                cast(
                    floor(
                        greatest(
                            orders.day - customers.first + 1 - case
                                when $weekly then 1 + (orders.day - date '1900-01-01') % 7
                                else extract(day from orders.day)
                            end,
                            0
                        ) / 30.436875
                    ) as integer
                ) as age_at_start
            from orders
            inner join customers on customers.customer = orders.customer
        ) as aged
    ) as placed
    group by customer, period, part
) as by_customer
group by 1, 2, 3, 4, 5;

select * from period_cells order by segment, is_start, period, age_month, bucket;
