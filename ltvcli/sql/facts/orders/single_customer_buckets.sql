-- With fewer than 100 customers each is a bucket of its own.
create or replace temp table customers as
select
    customer_key,
    customer,
    cast(row_number() over (order by customer) - 1 as integer) as bucket,
    first,
    last,
    orders,
    revenue,
    cohort,
    observed_months,
    segment
from customers;
