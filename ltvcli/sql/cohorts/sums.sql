-- What the customers of each cohort brought, exact: money as text, which no float rounds.
select
    cohort,
    cast(sum(revenue) as varchar) as revenue,
    cast(sum(orders) as bigint) as orders
from triangle
group by cohort
order by cohort;
