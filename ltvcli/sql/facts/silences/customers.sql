-- Customers known at the end of $cut, in the order of ids: their order days, the 90th percentile of the
-- days between these, how long they have been silent, and what they ordered in the $days_after days before and
-- after.
with
    days as (
        select customer_key, day, sum(amount) as amount
        from orders
        where counted and day <= $cut
        group by customer_key, day
    ),
    gaps as (
        select customer_key, day - lag(day) over (partition by customer_key order by day) as gap from days
    ),
    usual as (
        select
            customer_key,
            cast(count(gap) as bigint) as gaps,
            cast(percentile_disc(0.9) within group (order by gap) as double) as usual_gap
        from gaps
        where gap is not null
        group by customer_key
    ),
    known as (
        select
            customer_key,
            cast(count(*) as bigint) as order_days,
            cast(sum(amount) as double) as revenue,
            cast($cut - max(day) as bigint) as silence,
            cast($cut - min(day) as bigint) as tenure,
            cast(sum(case when day > $cut - $days_after then 1 else 0 end) as bigint) as recent_days,
            cast(sum(case when day > $cut - $days_after then amount else 0 end) as double) as recent_revenue
        from days
        group by customer_key
    ),
    later as (
        select
            customer_key,
            cast(count(distinct day) as bigint) as later_days,
            cast(sum(amount) as double) as later_revenue
        from orders
        where counted and day > $cut and day <= $cut + $days_after
        group by customer_key
    )
select
    c.customer,
    order_days,
    known.revenue,
    silence,
    tenure,
    recent_days,
    recent_revenue,
    coalesce(gaps, 0) as gaps,
    coalesce(usual_gap, 0) as usual_gap,
    coalesce(later_days, 0) as later_days,
    coalesce(later_revenue, 0) as later_revenue
from known
inner join customers as c using (customer_key)
left join usual using (customer_key)
left join later using (customer_key)
order by c.customer;
