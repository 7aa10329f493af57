-- What customers of the year before $day brought in it, and from that day to $as_of; and who could be
-- assigned: customers of the last year, and customers who are new in the last $window days. Sums of reals
-- depend on the order of the terms, so it is fixed.
select
    cast(count(*) filter (is_before) as bigint) as customers,
    avg(outcome) filter (is_before) as mean,
    coalesce(var_samp(outcome order by outcome) filter (is_before), 0) as variance,
    skewness(outcome order by outcome) filter (is_before) as skewness,
    coalesce(corr(outcome, before order by outcome, before) filter (is_before), 0) as correlation,
    cast(count(*) filter (last > $as_of - 365) as bigint) as active,
    cast(count(*) filter (first > $as_of - $window) as bigint) as new_customers
from (
    select
        customer_key,
        min(day) filter (counted) as first,
        max(day) filter (counted) as last,
        coalesce(bool_or(counted and day < $day and day >= $day - 365), false) as is_before,
        coalesce(sum(amount) filter (day >= $day), 0) as outcome,
        coalesce(sum(amount) filter (day < $day and day >= $day - 365), 0) as before
    from orders
    group by customer_key
);
