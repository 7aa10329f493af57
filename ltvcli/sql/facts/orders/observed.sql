-- Customers by cohort and by full months observed; of those with more revenue than $revenue_above, if it
-- is not NULL.
select
    segment,
    cohort,
    observed_months,
    bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when orders > 1 then 1 end) as bigint) as repeaters
from customers
where orders > 0 and ($revenue_above is null or revenue > $revenue_above)
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
