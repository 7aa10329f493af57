-- What a convention counts of each stretch: MRR, and whether it makes a customer without any.
-- A seat makes a customer of someone who pays nothing; an idle seat only of one who has paid before.
create or replace temp table mrr_stretches as
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
            where state = 'past-due' and start <= $as_of
        ) as past_due
    ),
    stretches as (
        select customer, plan, start, stop, asked, yearly, list_yearly, state, null as since
        from mrr_periods
        where state <> 'past-due' and start <= $as_of
        union all
        select customer, plan, start, stop, asked, yearly, list_yearly, state, since
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
            case when $listed then list_yearly else yearly end as yearly,
            case state
                when 'trial' then $trials
                when 'unpaid' then $unpaid
                when 'paused' then $paused
                else 'mrr'
            end as standing
        from stretches
    )
select
    customer,
    plan,
    start,
    stop,
    case when standing = 'mrr' then yearly else 0 end as yearly,
    case
        when standing = 'customer' then 1
        when standing = 'mrr' and yearly = 0 and $free = 'customer' then 1
        else 0
    end as seats,
    case when standing = 'mrr' and yearly = 0 and $free = 'after-paying' then 1 else 0 end
        as idle_seats
from counted
where stop > start and standing <> 'out';
