-- What customers known on the day $known bought in the days after it, up to $last: as in forecasts, what
-- one customer bought on one day is one purchase, and refunds take from the money.
select
    cast(count(case when counted > 0 then 1 end) as bigint) as orders,
    cast(coalesce(sum(amount), 0) as double) as revenue
from (
    select
        orders.customer_key,
        orders.day,
        max(case when orders.counted then 1 else 0 end) as counted,
        sum(orders.amount) as amount
    from orders
    inner join customers on customers.customer_key = orders.customer_key
    where customers.first <= $known and orders.day > $known and orders.day <= $last
    group by 1, 2
) as purchases;
