-- Days between consecutive order days of customers who came back: how many gaps there are, and the
-- shortest length that nine in ten of them stay within.
select
    cast(count(*) as bigint) as gaps,
    percentile_disc(0.9) within group (order by gap) as gap_days
from (
    select day - lag(day) over (partition by customer_key order by day) as gap
    from (
        select distinct customer_key, day
        from orders
        where
            counted
            and customer_key in (select customer_key from customers where orders > 1 and bucket < $buckets)
    ) as days
) as gaps
where gap > 0;
