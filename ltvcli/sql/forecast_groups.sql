-- What is expected of customers, by segment and month of the first order.
select
    segment,
    cohort,
    cast(count(*) as bigint) as customers,
    cast(sum(standing.frequency + 1) as bigint) as past_orders,
    cast(sum(revenue) as double) as past_spend,
    sum(orders) as orders,
    sum(flat + rate * case when revenue > 0 then cast(revenue as double) else 0 end) as value,
    sum(none_within) as none_within
from standing
inner join forecast
    on forecast.frequency = standing.frequency
    and forecast.span_step = standing.span_step
    and forecast.silence_step = standing.silence_step
group by 1, 2
order by 1, 2;
