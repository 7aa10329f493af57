-- Every customer with past and expected value, separately and combined: see
-- facts/purchases/customers.sql and facts/purchases/forecast.sql. The view takes no parameters, so the margin is in a
-- table.
create or replace temp table worth as
select cast($margin as double) as margin;
create or replace temp view predicted as
select
    customer,
    past_orders,
    cast(cast(cast(past_value as double) as decimal(28, 6)) as double) as past_value,
    cast(cast(cast(orders as double) as decimal(28, 6)) as double) as future_orders,
    orders_low as future_orders_low,
    orders_high as future_orders_high,
    cast(cast(cast(value as double) as decimal(28, 6)) as double) as future_value,
    cast(cast(cast(value * least(value_low, value_high) as double) as decimal(28, 6)) as double) as future_value_low,
    cast(cast(cast(value * greatest(value_low, value_high) as double) as decimal(28, 6)) as double) as future_value_high,
    cast(cast(cast(none_within as double) as decimal(28, 6)) as double) as none_within_90d,
    cast(cast(cast(past_value + value as double) as decimal(28, 6)) as double) as pltv
from (
    select
        customer,
        standing.frequency + 1 as past_orders,
        cast(revenue as double) * margin as past_value,
        orders * orders_factor as orders,
        floor(orders_low * orders_factor) as orders_low,
        ceil(orders_high * orders_factor) as orders_high,
        (flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end) * value_factor as value,
        value_low,
        value_high,
        power(none_within, orders_factor) as none_within
    from standing
    inner join forecast
        on forecast.frequency = standing.frequency
        and forecast.span_step = standing.span_step
        and forecast.silence_step = standing.silence_step
    cross join worth
) as expected;
