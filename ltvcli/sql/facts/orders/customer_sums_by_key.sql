-- As facts/orders/customer_sums.sql, of orders that have the numbers in `segment_keys` for their segments:
-- `segment` is the place of that number in `segment_places` which all orders of the first day have; NULL if
-- they have several. The day and such a number, which is below 256, make up one number, and the lowest one is
-- of the first day.
create or replace temp table key_places as
select segment_keys.segment_key, segment_places.place, segment_places.nothing
from segment_keys
inner join segment_places on segment_places.segment = segment_keys.segment;

create or replace temp table customer_sums as
select
    customer_key,
    date '0001-01-01' + lowest // 256 as first_order,
    last_order,
    orders,
    revenue,
    cast(key_places.place as integer) as segment
from (
    select
        customer_key,
        min(case when counted then day_number + segment end) as lowest,
        min(case when counted then day_number + 255 - segment end) as lowest_reversed,
        max(case when counted then day end) as last_order,
        count(case when counted then 1 end) as orders,
        sum(amount) as revenue
    from (
        select
            *,
            cast(days_between(date '0001-01-01', day) * 256 as integer) as day_number
        from orders
    ) as numbered
    group by customer_key
) as by_customer
left join key_places
    on key_places.segment_key = case when lowest % 256 = 255 - lowest_reversed % 256 then lowest % 256 end;
