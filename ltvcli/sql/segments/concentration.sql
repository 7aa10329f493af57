-- Exact revenue of the top 1%, 5% and 10% of customers, and the median. `above` is the revenue that the
-- top 1% exceed; no more customers than that exceed it. Customers with the same revenue are counted
-- first: `upto` of them have this revenue or more, the first `top_1` are the top 1%.
with
    same as (
        select revenue, count(*) as customers
        from customers
        where orders > 0
        group by revenue
    ),
    ranked as (
        select
            revenue,
            customers,
            sum(customers) over (order by revenue desc rows between unbounded preceding and current row) as upto
        from same
    ),
    limits as (
        select
            customers,
            ceil(customers * 0.01) as top_1,
            ceil(customers * 0.05) as top_5,
            ceil(customers * 0.1) as top_10,
            floor(cast(customers + 1 as double) / 2) as middle,
            ceil(cast(customers + 1 as double) / 2) as next_middle
        from (select coalesce(sum(customers), 0) as customers from same) as counted
    ),
    placed as (
        select
            revenue,
            ranked.customers,
            upto - ranked.customers as before,
            upto,
            limits.customers as of_all,
            top_1,
            top_5,
            top_10,
            middle,
            next_middle
        from ranked
        cross join limits
    )
select
    cast(max(of_all) as bigint) as customers,
    cast(max(top_1) as bigint) as customers_1,
    cast(max(top_5) as bigint) as customers_5,
    cast(max(top_10) as bigint) as customers_10,
    sum(revenue * cast(greatest(least(upto, top_1) - before, 0) as bigint)) as revenue_1,
    sum(revenue * cast(greatest(least(upto, top_5) - before, 0) as bigint)) as revenue_5,
    sum(revenue * cast(greatest(least(upto, top_10) - before, 0) as bigint)) as revenue_10,
    sum(revenue * cast(customers as bigint)) as revenue,
    max(revenue) as largest,
    cast(
        max(case when middle > before and middle <= upto then revenue end)
        + max(case when next_middle > before and next_middle <= upto then revenue end)
        as double
    ) / 2 as median,
    max(case when top_1 + 1 > before and top_1 + 1 <= upto then revenue end) as above
from placed;
