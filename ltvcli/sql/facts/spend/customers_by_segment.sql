-- New customers by day and segment, brought home to where spend is.
create or replace temp table acquired_customers as
select first, cohort as month, segment, cast(count(*) as bigint) as customers
from customers
where orders > 0
group by first, cohort, segment;
