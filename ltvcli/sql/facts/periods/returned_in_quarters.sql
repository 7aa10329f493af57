-- Customers with a counted order after their first day, by quarter (4 * year + quarter - 1): each once,
-- however many orders, so that it takes another pass over the orders.
select
    cast(floor(number / 100) as integer) as segment,
    period,
    cast(number % 100 as integer) as bucket,
    cast(count(*) as bigint) as customers
from (
    select customer_key, period, min(number) as number
    from (
        select
            customer_key,
            number,
            cast(4 * extract(year from day) + extract(quarter from day) - 1 as integer) as period
        from orders
        inner join period_members using (customer_key)
        where counted and day > first
    ) as orders
    group by 1, 2
) as by_customer
group by 1, 2, 3
order by 1, 2, 3;
