-- How many customers count, by what they are counted by.
create or replace temp table experiment_groups as
select arm, segment, bucket_of_key(customer_key, customer) as bucket, day, count(*) as customers
from experiment_rows
where reason is null
group by arm, segment, bucket_of_key(customer_key, customer), day;

-- One row per customer who counts and may have orders: most of many customers have none, and keys that are
-- numbers show it.
create or replace temp table experiment_assigned as
select customer_key, arm, segment, day, bucket_of_key(customer_key, customer) as bucket
from experiment_rows
where
    reason is null
    and customer_key between (select min(customer_key) from orders) and (select max(customer_key) from orders);
