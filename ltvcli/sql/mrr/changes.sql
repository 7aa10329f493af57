-- From `mrr_stretches` two tables of steps:
-- `mrr_events`: what begins (+) and ends (-) up to as_of, by customer, plan and day;
-- `mrr_changes`: one row per customer and day on which money or standing changes, before and after.
create or replace temp table mrr_events as
select customer, plan, start as day, yearly, seats, idle_seats
from mrr_stretches
union all
select customer, plan, stop, -yearly, -seats, -idle_seats
from mrr_stretches
where stop <= $as_of;

create or replace temp table mrr_changes as
with
    days as (
        select
            customer,
            day,
            sum(yearly) as yearly,
            sum(seats) as seats,
            sum(idle_seats) as idle_seats
        from mrr_events
        group by customer, day
        having sum(yearly) <> 0 or sum(seats) <> 0 or sum(idle_seats) <> 0
    ),
    running as (
        select
            customer,
            day,
            yearly,
            seats as seats_step,
            idle_seats as idle_step,
            cast(sum(yearly) over history as decimal(18, 4)) as after,
            sum(seats) over history as seats,
            sum(idle_seats) over history as idle_seats,
            min(case when yearly > 0 then day end) over history as first_paid,
            min(case when yearly > 0 or seats > 0 then day end) over history as first_here
        from days
        window history as (
            partition by customer order by day rows between unbounded preceding and current row
        )
    )
select
    customer,
    day,
    cast(after - yearly as decimal(18, 4)) as before,
    after,
    first_paid,
    after > yearly
    or seats > seats_step
    or (idle_seats > idle_step and coalesce(first_paid < day, false)) as here_before,
    after > 0 or seats > 0 or (idle_seats > 0 and first_paid is not null) as here_after,
    first_here
from running;
