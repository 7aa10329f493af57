-- How long customers have been observed, in days.
select
    cast($as_of - first + 1 as bigint) as days,
    cast(count(*) as bigint) as customers
from customers
group by 1
order by 1;
