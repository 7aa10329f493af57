-- `mrr_moves` added up by month, between what was there when the window opened and when it closed.
-- The gaps are opening plus movements less closing, exact: anything but 0 is a mistake of ours.
with
    flows as (
        select
            w.month,
            coalesce(sum(case when before = 0 and first_paid >= day then after end), 0) as new,
            coalesce(sum(case when before > 0 and after > before then after - before end), 0)
                as expansion,
            coalesce(sum(case when after > 0 and after < before then before - after end), 0)
                as contraction,
            coalesce(sum(case when before > 0 and after = 0 then before end), 0) as churn,
            coalesce(sum(case when before = 0 and first_paid < day then after end), 0)
                as reactivation,
            count(case when not here_before and here_after and first_here >= day then 1 end)
                as customers_new,
            count(case when here_before and not here_after then 1 end) as customers_churn,
            count(case when not here_before and here_after and first_here < day then 1 end)
                as customers_reactivation
        from mrr_windows as w
        left join mrr_moves as m on m.month = w.month
        group by w.month
    ),
    money as (select day, sum(amount) as amount from mrr_events group by day),
    people as (
        select day, sum(cast(here_after as integer) - cast(here_before as integer)) as customers
        from mrr_changes
        where here_after <> here_before
        group by day
    ),
    levels as (
        select
            w.month,
            coalesce(sum(case when m.day <= w.opens then m.amount end), 0) as opening,
            coalesce(sum(m.amount), 0) as closing
        from mrr_windows as w
        left join money as m on m.day <= w.closes
        group by w.month
    ),
    counts as (
        select
            w.month,
            coalesce(sum(case when p.day <= w.opens then p.customers end), 0) as customers_opening,
            coalesce(sum(p.customers), 0) as customers_closing
        from mrr_windows as w
        left join people as p on p.day <= w.closes
        group by w.month
    )
select
    month,
    complete,
    opening,
    new,
    expansion,
    contraction,
    churn,
    reactivation,
    closing,
    cast(customers_opening as bigint) as customers_opening,
    cast(customers_new as bigint) as customers_new,
    cast(customers_churn as bigint) as customers_churn,
    cast(customers_reactivation as bigint) as customers_reactivation,
    cast(customers_closing as bigint) as customers_closing,
    opening + new + expansion + reactivation - contraction - churn - closing as gap,
    cast(
        customers_opening + customers_new + customers_reactivation
        - customers_churn - customers_closing
        as bigint
    ) as customers_gap
from flows
inner join levels using (month)
inner join counts using (month)
inner join mrr_windows using (month)
order by month;
