-- What pays now, but is cancelled or has an end to come.
select
    coalesce(per_month(sum(yearly)), 0) as mrr,
    cast(count(distinct (customer, subscription)) as bigint) as subscriptions
from mrr_periods
where
    state in ('paying', 'past-due')
    and start <= $as_of
    and stop > $as_of
    and yearly > 0
    and (asked <= $as_of or stop < date '9999-12-31');
