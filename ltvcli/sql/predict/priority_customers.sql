-- The ten top retention targets: expected value times the probability of an order within 90 days; or,
-- if $at_risk, the ten of all others with the highest value at risk: times the probability of none.
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
where
    future_value > 0
    and (
        not $at_risk
        or customer not in (
            select customer
            from predicted
            where future_value > 0
            order by future_value * (1 - none_within_90d) desc, customer
            limit 10
        )
    )
order by
    future_value * case when $at_risk then none_within_90d else 1 - none_within_90d end desc,
    customer
limit 10;
