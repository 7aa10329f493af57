-- Every customer with what they brought and what is expected of them; see standing.sql, forecast.sql.
create or replace temp view predicted_customers as
select
    customer,
    standing.frequency + 1 as past_orders,
    cast(cast(revenue as double) * $margin as double) as past_value,
    orders as expected_orders,
    flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end as future_value,
    none_within as no_order_90_days,
    cast(revenue as double) * $margin
        + flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end as pltv
from standing
inner join forecast
    on forecast.frequency = standing.frequency
    and forecast.span_step = standing.span_step
    and forecast.silence_step = standing.silence_step;
