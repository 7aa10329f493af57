create or replace view orders as
select customer, customer_key, day, amount, cost, serve, not is_refund as counted, segment
from all_orders
where is_used;
