-- What the customers of buyers.sql are: `number` stands for segment and bucket. Nobody came back yet.
create or replace temp table period_members as
select customer_key, first, cast(segment * 100 + bucket as integer) as number
from customers;

create or replace temp table period_buyers as
select
    number,
    cast(0 as integer) as period,
    cast(0 as integer) as youngest,
    cast(0 as integer) as oldest,
    cast(0 as bigint) as customers
from period_members
where number < 0;

create or replace temp table period_returned as
select number, period, customers
from period_buyers;
