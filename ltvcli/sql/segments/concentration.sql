-- Exact revenue of the top 1%, 5% and 10% of customers, and the median. `above` is the revenue that the
-- top 1% exceed; no more customers than that exceed it.
create or replace temp table ranked as
select
    revenue,
    row_number() over (order by revenue desc) as place,
    count(*) over () as customers
from customers
where orders > 0;

select
    cast(max(customers) as bigint) as customers,
    cast(max(ceil(customers * 0.01)) as bigint) as customers_1,
    cast(max(ceil(customers * 0.05)) as bigint) as customers_5,
    cast(max(ceil(customers * 0.1)) as bigint) as customers_10,
    sum(case when place <= ceil(customers * 0.01) then revenue end) as revenue_1,
    sum(case when place <= ceil(customers * 0.05) then revenue end) as revenue_5,
    sum(case when place <= ceil(customers * 0.1) then revenue end) as revenue_10,
    sum(revenue) as revenue,
    max(revenue) as largest,
    avg(case when place in (floor((customers + 1) / 2.0), ceil((customers + 1) / 2.0)) then revenue end)
        as median,
    max(case when place = ceil(customers * 0.01) + 1 then revenue end) as above
from ranked;
