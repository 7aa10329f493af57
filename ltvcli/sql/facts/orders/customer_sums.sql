-- Sums of the orders of each customer, for facts/orders/customers.sql. They are a table of their own: DuckDB
-- sums by customer on both cores, but what it computes of the sums in the same query on one alone.
create or replace temp table customer_sums as
select
    customer_key,
    min(case when counted then day end) as first_order,
    max(case when counted then day end) as last_order,
    count(case when counted then 1 end) as orders,
    sum(amount) as revenue,
    cast(0 as integer) as segment
from orders
group by customer_key;
