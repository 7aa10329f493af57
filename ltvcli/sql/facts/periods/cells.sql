-- The sums of sums.sql with the buyers of buyers.sql; `buyers` of a first day are all its customers.
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
                days_between(date '1900-01-01', first) as period,
                0 as age_month,
                count(*) as customers
            from customers
            where orders > 0
            group by 1, 3
        ) as counts
        group by 1, 2, 3, 4
    )
select
    cast(floor(cast(sums.number as double) / 100) as integer) as segment,
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
