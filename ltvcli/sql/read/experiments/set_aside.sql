select
    arm,
    cast(count(*) as bigint) as records
from experiment_rows
where reason is not null
group by arm
order by arm;
