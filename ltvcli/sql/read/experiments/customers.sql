-- One row per customer: outcomes of several rows are added up.
create or replace temp view experiment_customers as
select arm, cast(sum(outcome) as decimal(18, 4)) as outcome, max(before) as before
from experiment_rows
where reason is null and customer is not null
group by customer, arm
union all
select arm, outcome, before
from experiment_rows
where reason is null and customer is null;
