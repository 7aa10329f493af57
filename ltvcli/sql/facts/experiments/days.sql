-- Days of assignment per arm, counted from the first one; their variance from whole numbers.
select
    arm,
    cast(count(*) as bigint) as customers,
    avg(away) as mean,
    coalesce(
        sqrt(
            cast(count(*) * sum(away * away) - sum(away) * sum(away) as double)
            / nullif(cast(count(*) as double) * (count(*) - 1), 0)
        ),
        0
    ) as sd
from (
    select arm, day - (select min(day) from experiment_assigned) as away
    from experiment_assigned
)
group by arm
order by arm;
