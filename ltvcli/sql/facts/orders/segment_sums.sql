-- Sums of the orders of each segment.
create or replace temp table segment_sums as
select
    coalesce(segment, '') as segment,
    count(case when counted then 1 end) as orders,
    sum(amount) as revenue,
    min(day) as first
from orders
group by coalesce(segment, '');
