-- The ten customers most worth keeping: what they are expected to bring, times the chance that they
-- order within 90 days.
select
    customer,
    past_orders,
    past_value,
    future_orders,
    future_value,
    future_value_low,
    future_value_high,
    none_within_90d
from predicted
where future_value > 0
order by future_value * (1 - none_within_90d) desc, customer
limit 10;
