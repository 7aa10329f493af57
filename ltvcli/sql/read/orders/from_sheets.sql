create or replace table orders as
select customer, day, amount, cost, serve, not is_refund as counted, segment
from found anti join late using (sheet, record)
where reason is null;
