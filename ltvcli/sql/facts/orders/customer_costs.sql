-- `customers` with what they cost: cost of what was sold, revenue of the orders whose cost is known,
-- and cost to serve. NULL where nothing is known of any order.
create or replace temp table customers as
select customers.*, spent.cost, spent.costed_revenue, spent.serve
from customers
inner join (
    select
        customer_key,
        sum(cost) as cost,
        sum(case when cost is not null then amount end) as costed_revenue,
        sum(serve) as serve
    from orders
    group by customer_key
) as spent on spent.customer_key = customers.customer_key;
