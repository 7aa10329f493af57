-- First and last day with orders of each $span, and how many: see buyers.sql.
select min(day) as begins, max(day) as ends, cast(sum(orders) as bigint) as orders
from (select day, count(*) as orders from orders where counted group by day) as days
group by date_trunc($span, day)
order by 1;
