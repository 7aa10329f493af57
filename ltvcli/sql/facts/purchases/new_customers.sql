-- New customers by days from their first counted order to as_of, of the newest `days` days.
select
    cast($as_of - first as integer) as ago,
    cast(count(*) as bigint) as customers
from customers
where orders > 0 and first > $as_of - cast($days as integer)
group by 1
order by 1;
