-- Every customer as they stand at the end of as_of: days with an order, from the first to the last,
-- and since.
create or replace temp table standing as
select
    customers.customer,
    customers.segment,
    cast(days - 1 as integer) as frequency,
    last - first as span,
    $as_of - last as silence,
    revenue
from customers
inner join (
    select customer, count(distinct case when counted then day end) as days
    from orders
    group by customer
) as counted on counted.customer = customers.customer
where customers.orders > 0;
