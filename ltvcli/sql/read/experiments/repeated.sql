-- Customers in two arms are left out, and of several rows of a customer the first day counts.
create or replace temp table experiment_repeated as
select customer_key, customer, min(arm) <> max(arm) as in_two_arms
from experiment_rows
where reason is null
group by customer_key, customer
having count(*) > 1;

create or replace temp table experiment_rows_repeated as
select
    experiment_rows.sheet,
    experiment_rows.record,
    in_two_arms,
    row_number() over (
        partition by experiment_rows.customer_key, experiment_rows.customer
        order by day, sheet, record
    ) as place
from experiment_rows
inner join experiment_repeated
    on experiment_repeated.customer_key is not distinct from experiment_rows.customer_key
    and experiment_repeated.customer is not distinct from experiment_rows.customer
where reason is null;

update experiment_rows set reason = case when in_two_arms then 'two-arms' else 'repeated-assignment' end
from experiment_rows_repeated
where
    experiment_rows_repeated.sheet = experiment_rows.sheet
    and experiment_rows_repeated.record = experiment_rows.record
    and (in_two_arms or place > 1);

select
    cast(count(*) filter (in_two_arms) as bigint) as in_two_arms,
    cast(count(*) filter (not in_two_arms) as bigint) as repeated
from experiment_repeated;
