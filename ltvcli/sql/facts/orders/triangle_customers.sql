-- Customers with the same keys of the triangle share a number: sums by this number and age take half
-- the time of sums by all keys. The numbers are $ages apart: with an age below $ages added to it, each is
-- the number of a cell. Of customers with more revenue than $revenue_above, if it is not NULL. For sums by
-- period alone, $by_cohort is false: fewer groups take less time.
create or replace temp table triangle_keys as
select
    customer_key,
    segment,
    case when $by_cohort then cohort else 0 end as cohort,
    bucket,
    case when $by_cohort then observed_months else 0 end as observed_months,
    orders = 0 as orderless,
    first
from customers
where $revenue_above is null or (orders > 0 and revenue > $revenue_above);

create or replace temp table triangle_groups as
select
    segment,
    cohort,
    bucket,
    observed_months,
    orderless,
    cast(row_number() over (order by segment, cohort, bucket, observed_months, orderless) as bigint) * $ages as number
from (select distinct segment, cohort, bucket, observed_months, orderless from triangle_keys) as combinations;

create or replace temp table triangle_customers as
select members.customer_key, members.first, triangle_groups.number
from triangle_keys as members
inner join triangle_groups
    on triangle_groups.segment = members.segment
    and triangle_groups.cohort = members.cohort
    and triangle_groups.bucket = members.bucket
    and triangle_groups.observed_months = members.observed_months
    and triangle_groups.orderless = members.orderless;

drop table triangle_keys;
