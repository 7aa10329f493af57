-- Customers who ordered, by cohort, age month and bucket, each once: run only if it is shown,
-- because distinct customers take longer than sums.
select
    cohort,
    age_month,
    bucket,
    age_month < observed_months as complete,
    cast(count(*) as bigint) as buyers
from (
    select
        customer_key,
        min(cohort) as cohort,
        cast(floor(cast(days_between(first, day) as double) / 30.436875) as integer) as age_month,
        min(bucket) as bucket,
        min(observed_months) as observed_months
    from orders
    inner join customers using (customer_key)
    where counted
    group by 1, 3
) as seen
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
