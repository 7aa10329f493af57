-- One row per customer who counts and may have orders: where keys are numbers, most customers without an order
-- are not among them.
create or replace temp table experiment_assigned as
select customer_key, arm, segment, day, bucket_of_key(customer_key, customer) as bucket
from experiment_rows
where reason is null and may_have_orders(customer_key);

-- How many customers count, with and without orders, by what they are counted by. The group (bucket) of each
-- is computed once, which takes time if keys are text.
create or replace temp table experiment_groups as
select arm, segment, bucket, day, count(*) as customers
from (
    select arm, segment, bucket, day from experiment_assigned
    union all
    select arm, segment, bucket_of_key(customer_key, customer) as bucket, day
    from experiment_rows
    where reason is null and not may_have_orders(customer_key)
)
group by arm, segment, bucket, day;
