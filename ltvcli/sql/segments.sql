-- The segment of each customer in `customers`: what the first counted order says, and what
-- `customer_segments` says. Of several orders on the first day that one counts whose segment has more
-- orders, then more revenue, then the older first order; an order that says nothing comes last. So
-- neither the order of rows nor a new name for a segment changes anything. Codes go the same way.
create or replace temp table segment_places as
select
    segment,
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
) as said;

create or replace temp table customer_places as
select
    firsts.customer,
    firsts.place,
    -- Who is not in the file is as unknown as who is there without a value.
    case
        when replace(customer_segments.segment, chr(31), '') <> '' then customer_segments.segment
        else ''
    end as further
from (
    select orders.customer, min(segment_places.place) as place
    from orders
    inner join customers on customers.customer = orders.customer and customers.first = orders.day
    inner join segment_places on segment_places.segment = coalesce(orders.segment, '')
    where orders.counted or customers.orders = 0
    group by orders.customer
) as firsts
left join customer_segments on customer_segments.customer = firsts.customer;

create or replace temp table segments as
select
    place,
    segment,
    further,
    cast(
        row_number() over (
            order by replace(segment || further, chr(31), '') = '', orders desc, revenue desc, first, segment, further
        ) - 1 as integer
    ) as code
from (
    select
        customer_places.place,
        customer_places.further,
        sum(customers.orders) as orders,
        sum(customers.revenue) as revenue,
        min(customers.first) as first
    from customer_places
    inner join customers on customers.customer = customer_places.customer
    group by customer_places.place, customer_places.further
) as found
inner join segment_places using (place);

create or replace temp table customers as
select customers.* replace (segments.code as segment)
from customers
inner join customer_places on customer_places.customer = customers.customer
inner join segments on segments.place = customer_places.place and segments.further = customer_places.further;

select segment, further from segments order by code;
