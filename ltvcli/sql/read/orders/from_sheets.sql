create or replace table orders as
select customer, customer_key, day, amount, cost, serve, not is_refund as counted, segment
from all_orders anti join dependent_reasons using (sheet, record)
where is_used;
