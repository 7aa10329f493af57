-- The segments that each customer of `customers` ordered from on the first day: their places in
-- `segment_places`.
create or replace temp table first_places as
select orders.customer_key, segment_places.place, segment_places.nothing
from orders
inner join customers on customers.customer_key = orders.customer_key and customers.first = orders.day
inner join segment_places on segment_places.segment = coalesce(orders.segment, '')
where orders.counted or customers.orders = 0;
