-- Sums by cohort, age month and bucket: those of triangle_cells.sql, or of facts/periods/sums.sql, by the
-- keys that the numbers stand for.
create or replace temp table triangle as
select
    segment,
    cohort,
    age_month,
    bucket,
    age_month < observed_months as complete,
    sum(cells.revenue) as revenue,
    cast(sum(cells.orders) as bigint) as orders,
    coalesce(sum(cells.cost), 0) as cost,
    coalesce(sum(cells.costed_revenue), 0) as costed_revenue
from triangle_cells as cells
inner join triangle_groups using (number)
group by 1, 2, 3, 4, 5;

select * from triangle order by segment, cohort, age_month, bucket, complete;
