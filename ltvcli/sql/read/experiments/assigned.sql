-- One row per customer who counts.
create or replace temp table experiment_assigned as
select customer_key, arm, segment, day, bucket_of_key(customer_key, customer) as bucket
from experiment_rows
where reason is null;
