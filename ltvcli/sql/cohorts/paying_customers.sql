-- Customers who pay in the middle of an age month, by cohort, age month and bucket, each once. Only whole
-- months are given. A stretch that is paid covers the middles of adjoining months; of stretches that
-- overlap, each counts what those before it do not cover, so that first and last months are enough.
with
    stretches as (
        select
            customer,
            greatest(ceil(from_day / 30.436875 - 0.5), 0) as begin_month,
            greatest(ceil(to_day / 30.436875 - 0.5), 0) as end_month
        from paid
    ),
    uncovered as (
        select
            customer,
            greatest(
                begin_month,
                coalesce(
                    max(end_month) over (
                        partition by customer order by begin_month, end_month
                        rows between unbounded preceding and 1 preceding
                    ),
                    0
                )
            ) as begin_month,
            end_month
        from stretches
    ),
    points as (
        select cohort, observed_months, bucket, age_month, sum(change) as change
        from (
            select customer, cast(begin_month as integer) as age_month, 1 as change
            from uncovered
            where begin_month < end_month
            union all
            select customer, cast(end_month as integer) as age_month, -1 as change
            from uncovered
            where begin_month < end_month
        ) as changes
        inner join customers using (customer)
        group by 1, 2, 3, 4
    ),
    cells as (
        select
            cohort,
            observed_months,
            bucket,
            unnest(generate_series(0, observed_months - 1)) as age_month
        from (select distinct cohort, observed_months, bucket from customers where observed_months > 0) as seen
    ),
    counted as (
        select
            cohort,
            observed_months,
            cast(age_month as integer) as age_month,
            bucket,
            sum(coalesce(change, 0)) over (
                partition by cohort, observed_months, bucket order by age_month
                rows between unbounded preceding and current row
            ) as buyers
        from cells
        left join points using (cohort, observed_months, bucket, age_month)
    )
select
    cohort,
    age_month,
    bucket,
    true as complete,
    cast(sum(buyers) as bigint) as buyers
from counted
group by 1, 2, 3
having sum(buyers) > 0
order by 1, 2, 3;
