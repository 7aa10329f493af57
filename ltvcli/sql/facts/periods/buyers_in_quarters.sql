-- Who came back in a quarter (4 * year + quarter - 1) from $begin to $end, each once however many orders.
insert into period_returned
select number, period, count(*) as customers
from (
    select customer_key, period, max(day) as latest
    from (
        select
            customer_key,
            day,
            cast(4 * extract(year from day) + extract(quarter from day) - 1 as integer) as period
        from orders
        where counted and day between $begin and $end
    ) as placed
    group by customer_key, period
) as by_customer
inner join period_members using (customer_key)
where latest > first
group by 1, 2;
