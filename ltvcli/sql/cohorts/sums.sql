-- Exact revenue of the customers of each cohort: money as text, which is not rounded to floats.
select
    cohort,
    cast(sum(revenue) as varchar) as revenue,
    cast(sum(orders) as bigint) as orders
from triangle
group by cohort
order by cohort;
