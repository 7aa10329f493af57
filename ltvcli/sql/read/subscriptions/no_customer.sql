select coalesce(sum(amount), 0)::decimal(18, 4) as revenue
from subscription_excluded
where reason = 'no-customer' and coalesce(currency = $currency, true);
