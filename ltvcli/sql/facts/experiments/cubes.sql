-- The sum of cubes of standardized outcomes per arm; rounded first, so that the sum is exact in any order.
select
    segment,
    arm,
    cast(sum(cast(away * away as decimal(24, 8)) * away * heads) as double) as cubes
from (
    select
        segment,
        arm,
        heads,
        cast((cast(outcome as double) - mean) / sd as decimal(12, 4)) as away
    from experiment_measured
    inner join (
        select segment, arm, cast(total as double) / customers as mean,
            sqrt(greatest(cast(squares as double) - cast(away as double) * cast(away as double) / customers, 0) / customers)
                as sd
        from experiment_arms
    ) using (segment, arm)
    where sd > 0
)
group by segment, arm
order by segment, arm;
