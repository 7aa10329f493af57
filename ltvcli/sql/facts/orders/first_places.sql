-- Where the segments of the first orders of each customer come in the order of facts/orders/segments.sql:
-- the lowest and the highest `place` of what was ordered on the first day, and all of those days.
create or replace temp table segment_places as
select
    segment,
    replace(segment, chr(31), '') = '' as nothing,
    row_number() over (
        order by replace(segment, chr(31), '') = '', orders desc, revenue desc, first, segment
    ) as place
from (
    select
        coalesce(segment, '') as segment,
        count(case when counted then 1 end) as orders,
        sum(amount) as revenue,
        min(day) as first
    from orders
    group by coalesce(segment, '')
) as by_segment;

create or replace temp table first_places as
select orders.customer_key, segment_places.place, segment_places.nothing
from orders
inner join customers on customers.customer_key = orders.customer_key and customers.first = orders.day
inner join segment_places on segment_places.segment = coalesce(orders.segment, '')
where orders.counted or customers.orders = 0;

create or replace temp table customer_firsts as
select customer_key, min(place) as place, max(place) as last
from first_places
group by customer_key;
