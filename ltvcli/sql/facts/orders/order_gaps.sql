-- Days between consecutive order days of customers who came back: how many gaps there are, and the
-- shortest length that nine in ten of them stay within. Gaps of one length are counted first, so that
-- what is ordered are lengths, and the result is exact in every engine.
with
    days as (
        select distinct customer_key, day
        from orders
        where
            counted
            and customer_key in (select customer_key from customers where orders > 1 and bucket < $buckets)
    ),
    gaps as (
        select days_between(lag(day) over (partition by customer_key order by day), day) as gap
        from days
    ),
    lengths as (
        select gap, count(*) as gaps
        from gaps
        where gap > 0
        group by gap
    ),
    running as (
        select
            gap,
            sum(gaps) over (order by gap rows between unbounded preceding and current row) as upto,
            sum(gaps) over () as gaps
        from lengths
    )
select
    cast(coalesce(max(gaps), 0) as bigint) as gaps,
    cast(min(case when 10 * upto >= 9 * gaps then gap end) as bigint) as gap_days
from running;
