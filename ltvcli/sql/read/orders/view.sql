create or replace view orders as
select customer, day, amount, cost, serve, not is_refund as counted, segment
from all_orders
where reason is null;
