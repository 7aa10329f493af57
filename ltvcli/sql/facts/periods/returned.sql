-- Customers with a counted order after their first day, by month (12 * year + month - 1), by quarter
-- (4 * year + quarter - 1) or by week (from Monday 1900-01-01): each once, however many orders.
select
    segment,
    period,
    bucket,
    cast(count(*) as bigint) as customers
from (
    select
        orders.customer,
        orders.period,
        min(customers.segment) as segment,
        min(customers.bucket) as bucket
    from (
        select
            customer,
            day,
            case $span
                when 'week' then cast(floor((day - date '1900-01-01') / 7) as integer)
                when 'quarter' then cast(4 * extract(year from day) + extract(quarter from day) - 1 as integer)
                else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
            end as period
        from orders
        where counted
    ) as orders
    inner join customers on customers.customer = orders.customer and customers.first < orders.day
    group by 1, 2
) as by_customer
group by 1, 2, 3
order by 1, 2, 3;
