-- Expected purchases of a customer of each record of `standing`, and their value as `flat` plus `rate`
-- times revenue to date. The ends of the 80% interval of a customer's orders, and those of the value as
-- multiples of it, are NULL unless requested.
create or replace temp table forecast as
select
    unnest(cast($frequency as integer[])) as frequency,
    unnest(cast($span_step as integer[])) as span_step,
    unnest(cast($silence_step as integer[])) as silence_step,
    unnest(cast($orders as double[])) as orders,
    unnest(cast($flat as double[])) as flat,
    unnest(cast($rate as double[])) as rate,
    unnest(cast($none_within as double[])) as none_within,
    unnest(cast($alive as double[])) as alive,
    unnest(cast($orders_low as double[])) as orders_low,
    unnest(cast($orders_high as double[])) as orders_high,
    unnest(cast($value_low as double[])) as value_low,
    unnest(cast($value_high as double[])) as value_high;
