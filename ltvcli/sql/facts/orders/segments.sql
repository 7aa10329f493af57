-- The segment of each customer in `customers`: what the first counted order says, and what
-- `customer_segments` says. Of several orders on the first day, those that say something come first,
-- and one of them is drawn by a hash of the customer: who orders more often on one day brings more,
-- so that any rule by what the segments are would make one look better than it is. They are lined up
-- by the size of their segments: neither the order of rows nor a new name for a segment changes
-- anything. Codes go by size too. Customers without a row in `first_places` have their place already, as their
-- segment.
create or replace temp table customer_firsts as
select customer_key, min(place) as place, max(place) as last
from first_places
group by customer_key;

create or replace temp table customer_places as
with
    drawn as (
        select several.customer_key, place
        from (
            select
                first_places.customer_key,
                first_places.place,
                row_number() over (partition by first_places.customer_key order by first_places.place) as number,
                count(*) over (partition by first_places.customer_key) as orders
            from first_places
            inner join customer_firsts as firsts
                on firsts.customer_key = first_places.customer_key and firsts.place < firsts.last
            where not first_places.nothing
        ) as several
        inner join customers on customers.customer_key = several.customer_key
        -- Not the part of the hash that `bucket` in facts/orders/customers.sql comes from.
        where number = 1 + md5_bits(customers.customer, 32, 32) % several.orders
    )
select
    customers.customer_key,
    customers.orders,
    customers.revenue,
    customers.first,
    coalesce(drawn.place, firsts.place, customers.segment) as place,
    -- Who is not in the file is as unknown as who is there without a value.
    case
        when replace(customer_segments.segment, chr(31), '') <> '' then customer_segments.segment
        else ''
    end as further
from customers
left join customer_firsts as firsts on firsts.customer_key = customers.customer_key
left join drawn on drawn.customer_key = customers.customer_key
left join customer_segments on customer_segments.customer = customers.customer;

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
        sum(orders) as orders,
        sum(revenue) as revenue,
        min(first) as first
    from customer_places
    group by customer_places.place, customer_places.further
) as by_place
inner join segment_places using (place);

create or replace temp table customers as
select
    customers.customer_key,
    customers.customer,
    customers.bucket,
    customers.first,
    customers.last,
    customers.orders,
    customers.revenue,
    customers.cohort,
    customers.observed_months,
    segments.code as segment
from customers
inner join customer_places on customer_places.customer_key = customers.customer_key
inner join segments on segments.place = customer_places.place and segments.further = customer_places.further;

select segment, further from segments order by code;
