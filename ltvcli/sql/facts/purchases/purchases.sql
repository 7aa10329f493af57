-- Purchases of the customers in the first `buckets` of 100 buckets: what one customer bought on one
-- day is one purchase. A refund that names no order takes from the money, and is no purchase.
create or replace temp table purchases as
select
    customers.customer_key,
    customers.segment,
    first,
    greatest(day, first) as day,
    max(case when counted then 1 else 0 end) as counted,
    cast(sum(amount) as decimal(18, 4)) as amount
from orders
inner join customers on customers.customer_key = orders.customer_key
where customers.orders > 0 and bucket < $buckets
group by 1, 2, 3, 4;
