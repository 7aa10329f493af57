-- Customers by days from the first paid to the last paid day, breaks included: ended if that has
-- passed, else still going on at the end of as_of. Of those with more revenue than $revenue_above, if it is
-- not NULL.
select
    segment,
    bucket,
    last <= $as_of as ended,
    least(last, $as_of + 1) - first as life_days,
    cast(count(*) as bigint) as customers
from customers
where $revenue_above is null or revenue > $revenue_above
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
