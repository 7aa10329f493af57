-- New customers by day and segment, transferred to the engine of the spend.
create or replace temp table acquired_customers as
select first, cohort as month, segment, cast(count(*) as bigint) as customers
from customers
where orders > 0
group by first, cohort, segment;
