-- Exact sums per arm, of distances from the middle of all customers, so that squares keep their digits.
create or replace temp table experiment_middle as
select
    cast(cast(sum(outcome) as double) / count(*) as decimal(18, 4)) as outcome,
    cast(cast(sum(before) as double) / count(before) as decimal(18, 4)) as before
from experiment_customers;

create or replace temp table experiment_arms as
select
    arm,
    count(*) as customers,
    sum(away) as away,
    sum(away * away) as squares,
    count(*) filter (outcome <> 0) as buyers,
    count(*) filter (outcome not in (0, 1)) as amounts,
    sum(outcome) as total,
    sum(earlier) as earlier,
    sum(earlier * earlier) as earlier_squares,
    sum(earlier * away) as products
from (
    select
        arm,
        outcome,
        cast(outcome - (select outcome from experiment_middle) as decimal(18, 4)) as away,
        cast(before - (select before from experiment_middle) as decimal(18, 4)) as earlier
    from experiment_customers
)
group by arm;

select
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
order by arm;
