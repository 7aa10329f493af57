select coalesce(sum(amount), 0) as revenue
from found
where reason = 'no-customer' and (currency is null or currency = $currency);
