-- Revenue by cohort, age month and bucket: the monthly amount, times the share of the age month's
-- days on which it was paid. A customer who pays until some day has paid all months before that day's, and
-- its month in part; so sums over first and last days are enough, without a row per month. Of customers
-- with more revenue than $revenue_above, if it is not NULL.
create or replace temp table triangle as
with
    points as (
        select
            c.segment,
            c.cohort,
            c.observed_months,
            c.bucket,
            p.age_month,
            sum(p.amount) as full_months,
            sum(p.part_amount) as part_month
        from paid_points as p
        inner join customers as c on c.customer = p.customer
        where $revenue_above is null or c.revenue > $revenue_above
        group by 1, 2, 3, 4, 5
    ),
    begun as (
        select c.segment, c.cohort, c.observed_months, c.bucket, s.age_month, count(*) as orders
        from (
            select customer, subscription, cast(floor(min(from_day) / 30.436875) as integer) as age_month
            from paid
            group by customer, subscription
        ) as s
        inner join customers as c on c.customer = s.customer
        where $revenue_above is null or c.revenue > $revenue_above
        group by 1, 2, 3, 4, 5
    ),
    cells as (
        select
            segment,
            cohort,
            observed_months,
            bucket,
            unnest(generate_series(0, observed_months)) as age_month
        from (select distinct segment, cohort, observed_months, bucket from points) as seen
    ),
    revenues as (
        select
            segment,
            cohort,
            cells.observed_months,
            age_month,
            bucket,
            coalesce(begun.orders, 0) as orders,
            coalesce(points.part_month, 0) + coalesce(
                sum(points.full_months) over (
                    partition by segment, cohort, cells.observed_months, bucket order by age_month desc
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as revenue
        from cells
        left join points using (segment, cohort, observed_months, bucket, age_month)
        left join begun using (segment, cohort, observed_months, bucket, age_month)
    )
select
    segment,
    cohort,
    cast(age_month as integer) as age_month,
    bucket,
    age_month < observed_months as complete,
    sum(revenue) as revenue,
    cast(sum(orders) as bigint) as orders,
    cast(0 as double) as cost,
    cast(0 as double) as costed_revenue
from revenues
group by 1, 2, 3, 4, 5
having sum(revenue) <> 0 or sum(orders) <> 0;

select * from triangle order by segment, cohort, age_month, bucket, complete;
