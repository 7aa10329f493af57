-- What the customers of visits.sql and buyers.sql are: `number` stands for segment and bucket.
create or replace temp table period_members as
select customer_key, first, cast(segment * 100 + bucket as integer) as number
from customers;
