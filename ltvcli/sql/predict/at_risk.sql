-- The ten most at risk of all others: what they are expected to bring, times the chance that they do
-- not order within 90 days.
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
    and customer not in (
        select customer
        from predicted
        where future_value > 0
        order by future_value * (1 - none_within_90d) desc, customer
        limit 10
    )
order by future_value * none_within_90d desc, customer
limit 10;
