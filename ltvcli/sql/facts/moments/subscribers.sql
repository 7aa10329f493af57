-- Customers who pay on $cut and have not given notice, in the order of ids: what was known of them on it,
-- their MRR $days_after days later, and what they paid in these days.
with
    paying as (
        select customer, subscription, plan, start, coalesce("end", date '9999-12-31') as stop, asked, yearly
        from periods
        where state in ('paying', 'past-due') and yearly > 0 and coalesce("end", date '9999-12-31') > start
    ),
    known as (
        select
            customer,
            min(plan) as plan,
            sum(yearly) as yearly,
            count(distinct subscription) as subscriptions
        from paying
        where start <= $cut and stop > $cut
        group by customer
        having not bool_and(coalesce(asked <= $cut, false) or $is_last and stop < date '9999-12-31')
    ),
    begun as (
        select customer, min(start) as first, count(distinct yearly) as amounts
        from paying
        where start <= $cut
        group by customer
    ),
    at_first as (
        select p.customer, sum(p.yearly) as yearly
        from paying as p
        inner join begun as b on b.customer = p.customer and b.first = p.start
        group by p.customer
    ),
    later as (
        select
            customer,
            sum(case when start <= $cut + $days_after and stop > $cut + $days_after then yearly else 0 end) as yearly,
            sum(
                cast(yearly * (
                    least(stop, $cut + $days_after + 1) - greatest(start, $cut + 1)
                ) / (12 * 30.436875) as decimal(28, 8))
            ) as paid
        from paying
        where stop > $cut + 1 and start <= $cut + $days_after
        group by customer
    )
select
    k.customer,
    coalesce(k.plan, '') as plan,
    per_month(k.yearly) as mrr,
    per_month(f.yearly) as first_mrr,
    cast(k.subscriptions as bigint) as subscriptions,
    cast(b.amounts as bigint) as amounts,
    cast($cut - b.first as bigint) as tenure,
    coalesce(per_month(l.yearly), 0) as later_mrr,
    coalesce(cast(l.paid as double), 0) as later_paid
from known as k
inner join begun as b on b.customer = k.customer
inner join at_first as f on f.customer = k.customer
left join later as l on l.customer = k.customer
order by k.customer;
