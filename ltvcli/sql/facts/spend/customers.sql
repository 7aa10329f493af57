create or replace temp view acquired_customers as
select first, cohort as month, 0 as segment
from customers
where orders > 0;
