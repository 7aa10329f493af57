-- As `first_places` of facts/orders/first_places.sql, of customers with several segments on the first day.
create or replace temp table first_places as
select orders.customer_key, key_places.place, key_places.nothing
from orders
inner join (
    select customers.customer_key, customers.first, customers.orders
    from customers
    inner join customer_firsts on customer_firsts.customer_key = customers.customer_key
    where customer_firsts.place < customer_firsts.last
) as several on several.customer_key = orders.customer_key and several.first = orders.day
inner join key_places on key_places.segment_key = orders.segment
where orders.counted or several.orders = 0;
