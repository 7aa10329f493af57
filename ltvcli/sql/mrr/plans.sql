-- Movements by month and plan, such that the plans add up to the whole in every column.
-- A customer's movement is what it is for the customer. What a change of plans merely carries over
-- is `moved_out` of one plan and `moved_in` to another; what is left of it goes to the plan with
-- the largest step that way.
with
    steps as (
        select
            w.month,
            e.customer,
            e.plan,
            m.moved_on,
            m.before,
            m.after,
            m.first_paid < m.day as paid_before,
            sum(e.yearly) as step
        from mrr_events as e
        inner join mrr_windows as w on e.day > w.opens and e.day <= w.closes
        left join mrr_moves as m
            on
                m.month = w.month
                and m.customer = e.customer
                and coalesce(m.moved_on, e.day) = e.day
        group by 1, 2, 3, 4, 5, 6, 7, case when $daily then e.day end
        having sum(e.yearly) <> 0
    ),
    -- A step of this plan's that larger steps the same way leave over of the customer's change.
    shared as (
        select
            *,
            least(
                abs(step),
                greatest(
                    sign(step) * coalesce(after - before, 0) - coalesce(
                        sum(abs(step)) over (
                            partition by month, customer, moved_on, sign(step)
                            order by abs(step) desc, plan
                            rows between unbounded preceding and 1 preceding
                        ),
                        0
                    ),
                    0
                )
            ) as net
        from steps
    ),
    flows as (
        select
            month,
            plan,
            sum(case when step > 0 and before = 0 and not paid_before then net else 0 end) as new,
            sum(case when step > 0 and before > 0 then net else 0 end) as expansion,
            sum(case when step < 0 and after > 0 then net else 0 end) as contraction,
            sum(case when step < 0 and after = 0 then net else 0 end) as churn,
            sum(case when step > 0 and before = 0 and paid_before then net else 0 end)
                as reactivation,
            sum(case when step > 0 then step - net else 0 end) as moved_in,
            sum(case when step < 0 then -step - net else 0 end) as moved_out
        from shared
        group by month, plan
    ),
    held as (
        select
            plan,
            day,
            sum(yearly) as yearly,
            sum(sum(yearly)) over (
                partition by customer, plan order by day
                rows between unbounded preceding and current row
            ) as after
        from mrr_events
        group by customer, plan, day
    ),
    days as (
        select
            plan,
            day,
            sum(yearly) as yearly,
            sum(case when after > 0 then 1 else 0 end - case when after > yearly then 1 else 0 end)
                as customers
        from held
        group by plan, day
    ),
    levels as (
        select
            w.month,
            w.complete,
            d.plan,
            coalesce(sum(case when d.day <= w.opens then d.yearly end), 0) as opening,
            sum(d.yearly) as closing,
            cast(sum(d.customers) as bigint) as customers_closing
        from mrr_windows as w
        inner join days as d on d.day <= w.closes
        group by w.month, w.complete, d.plan
    )
select
    l.month,
    l.complete,
    l.plan,
    per_month(l.opening) as opening,
    per_month(coalesce(f.new, 0)) as new,
    per_month(coalesce(f.expansion, 0)) as expansion,
    per_month(coalesce(f.contraction, 0)) as contraction,
    per_month(coalesce(f.churn, 0)) as churn,
    per_month(coalesce(f.reactivation, 0)) as reactivation,
    per_month(coalesce(f.moved_in, 0)) as moved_in,
    per_month(coalesce(f.moved_out, 0)) as moved_out,
    per_month(l.closing) as closing,
    l.customers_closing,
    l.opening + coalesce(
        f.new + f.expansion + f.reactivation + f.moved_in - f.contraction - f.churn - f.moved_out, 0
    ) - l.closing as gap
from levels as l
left join flows as f on f.month = l.month and f.plan is not distinct from l.plan
order by l.month, l.plan nulls last;
