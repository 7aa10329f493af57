-- What each arm brought by age since assignment, in steps, by group of customers.
select
    arm,
    bucket,
    step,
    cast(outcome as double) as outcome
from experiment_ages
order by arm, bucket, step;
