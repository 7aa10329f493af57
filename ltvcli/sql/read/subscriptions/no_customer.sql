select coalesce(sum(yearly), 0) as yearly
from subscription_excluded
where reason = 'no-customer' and coalesce(currency = $currency, true);
