-- Customers known on the day $known, and what they had brought by then.
select
    cast(count(distinct customers.customer_key) as bigint) as customers,
    cast(coalesce(sum(orders.amount), 0) as double) as revenue
from customers
inner join orders on orders.customer_key = customers.customer_key
where customers.orders > 0 and customers.first <= $known and orders.day <= $known;
