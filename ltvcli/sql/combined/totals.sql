-- Customers and their revenue to date, by what they bought. Sums of orders are exact.
select
    cast(count(*) filter (bought = 'orders-only') as bigint) as orders_only,
    cast(count(*) filter (bought = 'subscriptions-only') as bigint) as subscriptions_only,
    cast(count(*) filter (bought = 'both') as bigint) as both,
    coalesce(sum(order_revenue) filter (bought = 'orders-only'), 0) as orders_only_orders,
    coalesce(sum(order_revenue) filter (bought = 'both'), 0) as both_orders,
    coalesce(sum(subscription_revenue) filter (bought = 'subscriptions-only'), 0)
        as subscriptions_only_subscriptions,
    coalesce(sum(subscription_revenue) filter (bought = 'both'), 0) as both_subscriptions
from combined;
