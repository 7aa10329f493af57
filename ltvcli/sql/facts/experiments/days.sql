-- Days of assignment per arm, counted from the first one; their variance from whole numbers.
select
    arm,
    cast(sum(customers) as bigint) as customers,
    cast(sum(away * customers) as double) / sum(customers) as mean,
    coalesce(
        sqrt(
            cast(
                sum(customers) * sum(away * away * customers)
                - sum(away * customers) * sum(away * customers) as double
            )
            / nullif(cast(sum(customers) as double) * (sum(customers) - 1), 0)
        ),
        0
    ) as sd
from (
    select arm, customers, day - (select min(day) from experiment_groups) as away
    from experiment_groups
)
group by arm
order by arm;
