-- Exact sums per segment and arm, of distances from the middle of all customers, so that squares keep their
-- digits. experiment_measured is what is measured: so many customers (heads) of a segment and an arm with an
-- outcome, and what was before.
create or replace temp table experiment_middle as
select
    cast(cast(sum(outcome * heads) as double) / sum(heads) as decimal(18, 4)) as outcome,
    cast(cast(sum(before * heads) as double) / sum(heads) filter (before is not null) as decimal(18, 4)) as before
from experiment_measured;

create or replace temp table experiment_arms as
select
    segment,
    arm,
    sum(heads) as customers,
    sum(away * heads) as away,
    sum(away * away * heads) as squares,
    coalesce(sum(heads) filter (outcome <> 0), 0) as buyers,
    coalesce(sum(heads) filter (outcome not in (0, 1)), 0) as amounts,
    sum(outcome * heads) as total,
    sum(earlier * heads) as earlier,
    sum(earlier * earlier * heads) as earlier_squares,
    sum(earlier * away * heads) as products
from (
    select
        segment,
        arm,
        heads,
        outcome,
        cast(outcome - (select outcome from experiment_middle) as decimal(18, 4)) as away,
        cast(before - (select before from experiment_middle) as decimal(18, 4)) as earlier
    from experiment_measured
)
group by segment, arm;

select
    segment,
    arm,
    cast(customers as bigint) as customers,
    cast(total as double) / customers as mean,
    cast(away as double) as away,
    cast(squares as double) as squares,
    cast(buyers as bigint) as buyers,
    cast(amounts as bigint) as amounts,
    cast(total as double) as total,
    cast((select before from experiment_middle) as double) + cast(earlier as double) / customers as before_mean,
    cast(earlier as double) as earlier,
    cast(earlier_squares as double) as earlier_squares,
    cast(products as double) as products
from experiment_arms
order by segment, arm;
