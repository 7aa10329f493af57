create or replace temp view acquired_customers as
select first, cohort as month, segment
from customers
where orders > 0;
