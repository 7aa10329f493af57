-- What the orders of each customer brought from the day of assignment to the common age, and in the year
-- before; every customer counts, also one without an order. Orders of other years are not looked at.
create or replace temp table experiment_spent as
select
    customer_key,
    coalesce(sum(worth) filter (age >= 0), 0) as outcome,
    coalesce(sum(worth) filter (age < 0), 0) as before,
    count(*) filter (counted and age < 0) as orders_before
from (
    select
        orders.customer_key,
        counted,
        orders.day - assigned.day as age,
        worth_of(amount, cost, $by_cost, $kept) as worth
    from orders
    inner join experiment_assigned as assigned on assigned.customer_key = orders.customer_key
    where orders.day >= $first - $before and orders.day < $last + $age
)
where age >= -$before and age < $age
group by customer_key;

-- A row per customer with an order, and one for all others of a group.
create or replace temp table experiment_customers as
select
    arm,
    segment,
    bucket,
    cast(1 as decimal(10, 0)) as heads,
    cast(spent.before as decimal(18, 4)) as before,
    cast(spent.outcome as decimal(18, 4)) as outcome_0,
    orders_before
from experiment_spent as spent
inner join experiment_assigned as assigned on assigned.customer_key = spent.customer_key;

insert into experiment_customers
select everybody_in.arm, everybody_in.segment, everybody_in.bucket, everybody - coalesce(with_orders, 0), 0, 0, 0
from (
    select arm, segment, bucket, cast(sum(customers) as bigint) as everybody
    from experiment_groups
    group by arm, segment, bucket
) as everybody_in
left join (
    select arm, segment, bucket, count(*) as with_orders
    from experiment_customers
    group by arm, segment, bucket
) as found
    on found.arm = everybody_in.arm
    and found.bucket = everybody_in.bucket
    and found.segment is not distinct from everybody_in.segment
where everybody > coalesce(with_orders, 0);

-- What each arm brought by age since assignment, in steps, by group of customers.
create or replace temp table experiment_ages as
select
    arm,
    cast(bucket as bigint) as bucket,
    cast(floor(age / $step) as bigint) as step,
    sum(worth) as outcome
from (
    select
        arm,
        bucket,
        orders.day - assigned.day as age,
        worth_of(amount, cost, $by_cost, $kept) as worth
    from orders
    inner join experiment_assigned as assigned on assigned.customer_key = orders.customer_key
    where orders.day >= $first and orders.day < $last + $age
)
where age >= 0 and age < $age
group by arm, bucket, cast(floor(age / $step) as bigint);
