-- What is usable, by currency, and the revenue of orders without a customer; as text, which is exact.
select
    currency,
    count(case when reason is null then 1 end) as orders,
    count(case when reason is null and is_refund then 1 end) as refunds,
    cast(coalesce(sum(case when reason = 'no-customer' then amount end), 0) as varchar) as of_nobody
from all_orders
where reason is null or reason = 'no-customer'
group by currency;
