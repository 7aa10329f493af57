select
    cast(count(*) as bigint) as matched,
    cast(coalesce(sum(orders_before), 0) as bigint) as orders_before,
    cast((select count(*) from experiment_rows where reason = 'not-observed') as bigint) as not_observed
from experiment_spent;
