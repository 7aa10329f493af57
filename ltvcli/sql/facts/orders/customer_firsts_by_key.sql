-- As `customer_firsts` of facts/orders/first_places.sql, without a join with customers: the number of a day
-- and a place below 512 make up one number, and the lowest one is of the first day.
create or replace temp table customer_firsts as
select
    customer_key,
    cast(min(day_number + place) % 512 as bigint) as place,
    cast(511 - min(day_number + 511 - place) % 512 as bigint) as last
from (
    select
        orders.customer_key,
        cast(days_between(date '0001-01-01', orders.day) * 512 as integer) as day_number,
        cast(key_places.place as integer) as place
    from orders
    inner join key_places on key_places.segment_key = orders.segment
    where orders.counted
) as placed
group by customer_key
union all
-- Refunds of customers without an order.
select
    customers.customer_key,
    min(key_places.place) as place,
    max(key_places.place) as last
from orders
inner join customers on customers.customer_key = orders.customer_key and customers.first = orders.day
inner join key_places on key_places.segment_key = orders.segment
where not orders.counted and customers.orders = 0
group by customers.customer_key;
