-- `mrr_flows` between what was there when the window opened and when it closed.
-- The gaps are opening plus movements less closing, exact: anything but 0 is a mistake of ours.
with
    money as (
        select day, sum(yearly) as yearly
        from (
            select start as day, yearly from mrr_stretches
            union all
            select stop, -yearly from mrr_stretches where stop <= $as_of
        ) as steps
        group by day
    ),
    levels as (
        select
            w.month,
            coalesce(sum(case when m.day <= w.opens then m.yearly end), 0) as opening,
            coalesce(sum(m.yearly), 0) as closing
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
        left join mrr_people as p on p.day <= w.closes
        group by w.month
    )
select
    month,
    complete,
    per_month(opening) as opening,
    per_month(new) as new,
    per_month(expansion) as expansion,
    per_month(contraction) as contraction,
    per_month(churn) as churn,
    per_month(reactivation) as reactivation,
    per_month(closing) as closing,
    cast(customers_opening as bigint) as customers_opening,
    cast(customers_new as bigint) as customers_new,
    cast(customers_churn as bigint) as customers_churn,
    cast(customers_reactivation as bigint) as customers_reactivation,
    cast(customers_closing as bigint) as customers_closing,
    levels.opening + mrr_flows.new + mrr_flows.expansion + mrr_flows.reactivation
    - mrr_flows.contraction - mrr_flows.churn - levels.closing as gap,
    cast(
        customers_opening + customers_new + customers_reactivation
        - customers_churn - customers_closing
        as bigint
    ) as customers_gap
from mrr_flows
inner join levels using (month)
inner join counts using (month)
inner join mrr_windows using (month)
order by month;
