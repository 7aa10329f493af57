-- New subscribers by the month, or week if $weekly, of the first paid day.
select segment, month, bucket, cast(count(*) as bigint) as customers
from (
    select
        segment,
        bucket,
        case when $weekly then cast((first - date '1900-01-01') // 7 as integer) else cohort end as month
    from customers
) as begun
group by 1, 2, 3
order by 1, 2, 3;
