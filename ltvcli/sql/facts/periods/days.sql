-- Days with orders, and how many: see buyers.sql.
select day, cast(count(*) as bigint) as orders
from orders
where counted
group by day
order by day;
