-- What the customers of buyers.sql are: `number` stands for segment and bucket.
create or replace temp table period_members as
select customer_key, first, cast(segment * 100 + bucket as integer) as number
from customers;

create or replace temp table period_buyers (
    number integer, period integer, youngest integer, oldest integer, customers bigint
);

create or replace temp table period_returned (number integer, period integer, customers bigint);
