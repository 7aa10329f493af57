-- What is usable, by currency.
select currency, count(*) as orders, count(case when is_refund then 1 end) as refunds
from all_orders
where reason is null
group by currency;
