-- Every customer with what they brought and what is expected of them, apart and together; see
-- standing.sql and forecast.sql.
select
    customer,
    past_orders,
    past_value,
    orders,
    future_value,
    none_within_90d,
    past_value + future_value as pltv
from (
    select
        customer,
        standing.frequency + 1 as past_orders,
        cast(revenue as double) * margin as past_value,
        orders,
        flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end as future_value,
        none_within as none_within_90d
    from standing
    inner join forecast
        on forecast.frequency = standing.frequency
        and forecast.span_step = standing.span_step
        and forecast.silence_step = standing.silence_step
    cross join worth
) as predicted
order by customer;
