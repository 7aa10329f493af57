-- Orders made of several rows get the segment and the cost to serve of the first row that has one.
create or replace table orders_with_segments as
select all_orders.* replace (order_segments.segment as segment, order_segments.serve as serve)
from all_orders left join order_segments using (source, key, sheet);

create or replace view all_orders as select * from orders_with_segments;
