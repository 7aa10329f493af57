-- The first order of each customer. First orders are taken from the whole table, so that orders before
-- $since count here as well.
create or replace table first_days as
select customer as first_customer, min(case when not is_refund then day end) as first_day
from all_orders
where customer is not null and coalesce(currency = $currency, true)
    and (reason is null or reason = 'outside-period' and day < $since and amount is not null)
group by customer;
