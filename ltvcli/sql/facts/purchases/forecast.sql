-- What is expected of a customer of each record of `standing`: purchases, and money as `flat` plus
-- `rate` times what they brought so far. The ends of the 80% interval of a customer's orders, and those
-- of the money as multiples of it, are NULL where nobody asked for them.
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
