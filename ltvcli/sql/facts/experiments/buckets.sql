-- Sums per arm and group of customers, for the jackknife.
select
    arm,
    cast(bucket as bigint) as bucket,
    cast(sum(heads) as bigint) as customers,
    cast(sum(outcome * heads) as double) as outcome,
    cast(sum(before * heads) as double) as before
from experiment_measured
group by arm, bucket
order by arm, bucket;
