-- Customers by cohort and by how many whole months they could be watched.
select
    segment,
    cohort,
    observed_months,
    bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when orders > 1 then 1 end) as bigint) as repeaters
from customers
where orders > 0
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
