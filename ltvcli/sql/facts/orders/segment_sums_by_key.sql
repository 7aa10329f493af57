-- As facts/orders/segment_sums.sql, of orders that have the numbers in `segment_keys` for their segments.
-- Several numbers may be of one segment.
create or replace temp table segment_sums as
select
    segment_keys.segment,
    sum(by_key.orders) as orders,
    sum(by_key.revenue) as revenue,
    min(by_key.first) as first
from (
    select
        segment,
        count(case when counted then 1 end) as orders,
        sum(amount) as revenue,
        min(day) as first
    from orders
    group by segment
) as by_key
inner join segment_keys on segment_keys.segment_key = by_key.segment
group by segment_keys.segment;
