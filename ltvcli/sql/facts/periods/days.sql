-- Days with orders: see visits.sql.
select day
from orders
where counted
group by day
order by day;
