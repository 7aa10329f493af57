-- One row per customer who ever paid, with the columns of facts/orders/customers.sql: age counts from the first
-- paid day, `orders` are subscriptions, and `last` is the first day no longer paid.
-- `age_months` of a day says how many months old the customer is on it; every age month is 30 or 31
-- whole days, and a subscription paid throughout brings exactly its monthly amount in each.
-- `paid_to_date` is the monthly amount times those months, as a DECIMAL: sums must not depend on the order of rows.
create or replace temp table paid as
select
    p.customer,
    p.subscription,
    p.start - f.first as from_day,
    least(coalesce(p."end", date '9999-12-31'), $as_of + 1) - f.first as to_day,
    coalesce(p."end", date '9999-12-31') as stop,
    f.first,
    p.yearly
from periods as p
inner join (
    select customer, min(start) as first
    from periods
    where
        state in ('paying', 'past-due')
        and yearly > 0
        and start <= $as_of
        and coalesce("end", date '9999-12-31') > start
    group by customer
) as f on f.customer = p.customer
where
    p.state in ('paying', 'past-due')
    and p.yearly > 0
    and p.start <= $as_of
    and coalesce(p."end", date '9999-12-31') > p.start;

create or replace temp table paid_points as
select
    customer,
    subscription,
    age_month,
    amount,
    cast(amount * part_of_month as decimal(38, 12)) as part_amount,
    cast(amount * part_of_month as decimal(38, 12)) + amount * age_month as paid_to_date
from (
    select
        customer,
        subscription,
        cast(floor(day / 30.436875) as integer) as age_month,
        (day - ceil(floor(day / 30.436875) * 30.436875))
        / (ceil((floor(day / 30.436875) + 1) * 30.436875) - ceil(floor(day / 30.436875) * 30.436875))
            as part_of_month,
        monthly(yearly) as amount
    from (
        select customer, subscription, from_day as day, -yearly as yearly from paid
        union all
        select customer, subscription, to_day as day, yearly from paid
    ) as points
) as parts;

create or replace temp table customers as
with
    lifetimes as (
        select customer, min(first) as first, max(stop) as last from paid group by customer
    ),
    sums as (
        select customer, sum(paid_to_date) as revenue
        from paid_points
        group by customer
    ),
    begun as (
        select customer, count(distinct subscription) as orders from paid group by customer
    )
select
    customer,
    cast(md5_bits(customer, 32) % 100 as integer) as bucket,
    first,
    last,
    cast(orders as bigint) as orders,
    revenue,
    cast(12 * extract(year from first) + extract(month from first) - 1 as integer) as cohort,
    cast(floor(($as_of - first + 1) / 30.436875) as integer) as observed_months,
    cast(0 as integer) as segment
from lifetimes
inner join sums using (customer)
inner join begun using (customer);
