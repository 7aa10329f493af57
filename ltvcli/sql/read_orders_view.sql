create or replace view orders as
select customer, day, amount, cost, not is_refund as counted
from found
where reason is null;
