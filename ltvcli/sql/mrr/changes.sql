-- What a convention counts of each stretch, and from it two tables of steps:
-- `mrr_events`: what begins (+) and ends (-), by customer, plan and day;
-- `mrr_changes`: one row per customer and day on which money or standing changes, before and after.
-- A seat makes a customer of someone who pays nothing; an idle seat only of one who has paid before.
create or replace temp table mrr_events as
with
    -- A past-due stretch that follows another without a gap is late since the first one began.
    late as (
        select
            *,
            max(case when begins then start end) over (
                partition by customer, subscription order by start
                rows between unbounded preceding and current row
            ) as since
        from (
            select
                *,
                lag(stop) over (partition by customer, subscription order by start)
                is distinct from start as begins
            from mrr_periods
            where state = 'past-due'
        ) as past_due
    ),
    stretches as (
        select customer, plan, start, stop, asked, amount, list_amount, state, null as since
        from mrr_periods
        where state <> 'past-due'
        union all
        select customer, plan, start, stop, asked, amount, list_amount, state, since
        from late
    ),
    counted as (
        select
            customer,
            plan,
            start,
            least(
                stop,
                case when $asked then coalesce(asked, stop) else stop end,
                coalesce(since + $late_days + 1, stop)
            ) as stop,
            case when $listed then list_amount else amount end as amount,
            case state
                when 'trial' then $trials
                when 'unpaid' then $unpaid
                when 'paused' then $paused
                else 'mrr'
            end as standing
        from stretches
    ),
    valued as (
        select
            customer,
            plan,
            start,
            stop,
            case when standing = 'mrr' then amount else 0 end as amount,
            case
                when standing = 'customer' then 1
                when standing = 'mrr' and amount = 0 and $free = 'customer' then 1
                else 0
            end as seats,
            case when standing = 'mrr' and amount = 0 and $free = 'after-paying' then 1 else 0 end
                as idle_seats
        from counted
        where stop > start and standing <> 'out'
    )
select customer, plan, start as day, amount, seats, idle_seats
from valued
union all
select customer, plan, stop, -amount, -seats, -idle_seats
from valued
where stop <= $as_of;

create or replace temp table mrr_changes as
with
    days as (
        select
            customer,
            day,
            sum(amount) as amount,
            sum(seats) as seats,
            sum(idle_seats) as idle_seats
        from mrr_events
        group by customer, day
        having sum(amount) <> 0 or sum(seats) <> 0 or sum(idle_seats) <> 0
    ),
    running as (
        select
            customer,
            day,
            amount,
            seats as seats_step,
            idle_seats as idle_step,
            cast(sum(amount) over history as decimal(18, 4)) as after,
            sum(seats) over history as seats,
            sum(idle_seats) over history as idle_seats,
            min(case when amount > 0 then day end) over history as first_paid,
            min(case when amount > 0 or seats > 0 then day end) over history as first_here
        from days
        window history as (
            partition by customer order by day rows between unbounded preceding and current row
        )
    )
select
    customer,
    day,
    cast(after - amount as decimal(18, 4)) as before,
    after,
    first_paid,
    after > amount
    or seats > seats_step
    or (idle_seats > idle_step and coalesce(first_paid < day, false)) as here_before,
    after > 0 or seats > 0 or (idle_seats > 0 and first_paid is not null) as here_after,
    first_here
from running;
