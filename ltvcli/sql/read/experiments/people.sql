-- One row per customer who is named: outcomes of several rows are added up.
create or replace temp table experiment_people as
select
    customer,
    min(arm) as arm,
    max(arm) as another_arm,
    min(segment) as segment,
    count(*) as records,
    max(before) as before,
    cast(sum(columns('outcome_.*')) as decimal(18, 4)) as "\0"
from experiment_rows
where reason is null and customer is not null
group by customer;
