-- Customers by length of active life: ended once `lapse_days` have passed since the last order, else
-- censored at the end of as_of. Of customers with more revenue than $revenue_above, if it is not NULL.
select
    segment,
    bucket,
    days_between(last, $as_of) > $lapse_days as ended,
    case
        when days_between(last, $as_of) > $lapse_days then days_between(first, last) + $lapse_days
        else greatest(days_between(first, $as_of) + 1, 0)
    end as life_days,
    cast(count(*) as bigint) as customers
from customers
where orders > 0 and ($revenue_above is null or revenue > $revenue_above)
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
