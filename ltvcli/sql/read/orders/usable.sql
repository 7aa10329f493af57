-- What is usable, by currency.
select currency, count(*) as orders, count(*) filter (is_refund) as refunds
from all_orders
where is_used
group by currency
order by orders desc, currency;
