-- New customers by days from their first counted order to as_of, of the newest `days` days.
select
    cast(days_between(first, $as_of) as integer) as ago,
    cast(count(*) as bigint) as customers
from customers
where orders > 0 and days_between(first, $as_of) < $days
group by 1
order by 1;
