select coalesce(sum(amount), 0) as revenue
from all_orders
where reason = 'no-customer' and (currency is null or currency = $currency);
