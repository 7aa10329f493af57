-- Days of assignment per arm, counted from the first one.
select
    arm,
    cast(count(*) as bigint) as customers,
    avg(day - (select min(day) from experiment_assigned)) as mean,
    coalesce(stddev_samp(day - (select min(day) from experiment_assigned)), 0) as sd
from experiment_assigned
group by arm
order by arm;
