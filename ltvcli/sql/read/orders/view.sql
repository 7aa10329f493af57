create or replace view orders as
select customer, day, amount, cost, serve, not is_refund as counted, segment
from found
where reason is null;
