create or replace table orders as
select customer, customer as customer_key, day, amount, cost, serve, not is_refund as counted, segment
from judged
where reason is null;
