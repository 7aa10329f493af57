-- What is expected of customers, by segment and month of the first order. Sums are of decimals, so
-- that the order in which customers come moves nothing.
select
    segment,
    cohort,
    cast(count(*) as bigint) as customers,
    cast(sum(standing.frequency + 1) as bigint) as past_orders,
    cast(sum(revenue) as double) as past_spend,
    cast(sum(cast(cast(orders * orders_factor as double) as decimal(18, 9))) as double) as orders,
    cast(sum(cast(cast(
        (flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end) * value_factor as double
    ) as decimal(28, 8))) as double) as value,
    cast(sum(cast(cast(power(none_within, orders_factor) as double) as decimal(18, 9))) as double) as none_within
from standing
inner join forecast
    on forecast.frequency = standing.frequency
    and forecast.span_step = standing.span_step
    and forecast.silence_step = standing.silence_step
group by 1, 2
order by 1, 2;
