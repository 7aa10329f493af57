-- One row per customer in one arm; where rows name nobody, each is a customer.
create or replace temp table experiment_customers as
select arm, segment, cast(1 as decimal(10, 0)) as heads, before, bucket_of(customer) as bucket, columns('outcome_.*')
from experiment_people
where arm = another_arm
union all by name
select arm, segment, cast(1 as decimal(10, 0)) as heads, before, cast(record % 100 as tinyint) as bucket, columns('outcome_.*')
from experiment_rows
where reason is null and customer is null;
