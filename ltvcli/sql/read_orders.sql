create or replace table orders as
select customer, day, amount, cost, not is_refund as counted
from found anti join late using (sheet, record)
where reason is null;
