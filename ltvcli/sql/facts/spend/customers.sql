-- New customers by day, transferred to the engine of the spend.
create or replace temp table acquired_customers as
select first, cohort as month, 0 as segment, cast(count(*) as bigint) as customers
from customers
where orders > 0
group by first, cohort;
