-- Orders made of several rows get the segment and the cost to serve of the first row that has one.
create or replace table all_orders as
select all_orders.* replace (order_segments.segment as segment, order_segments.serve as serve)
from all_orders left join order_segments using (source, key, sheet);
