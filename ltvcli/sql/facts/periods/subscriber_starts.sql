-- New subscribers by month of the first paid day.
select segment, cohort as month, bucket, cast(count(*) as bigint) as customers
from customers
group by 1, 2, 3
order by 1, 2, 3;
