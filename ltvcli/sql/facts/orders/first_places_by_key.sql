-- As `first_places` of facts/orders/first_places.sql, of the customers whose place is not known from
-- facts/orders/customer_sums_by_key.sql: those with several segments on the first day, or with refunds only.
create or replace temp table first_places as
select orders.customer_key, key_places.place, key_places.nothing
from orders
inner join (select customer_key, first, orders from customers where segment is null) as unknown
    on unknown.customer_key = orders.customer_key and unknown.first = orders.day
inner join key_places on key_places.segment_key = orders.segment
where orders.counted or unknown.orders = 0;
