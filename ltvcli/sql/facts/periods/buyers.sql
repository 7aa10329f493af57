-- Who came back in a period from $begin to $end, each once. No period is longer than a month of age, so that
-- a customer has two ages in it at most, the youngest and the oldest; in the period of the first day there
-- is one. A block of periods at a time: customers times periods would take much memory all at once.
insert into period_buyers
select number, period, youngest, oldest, count(*) as customers
from (
    select
        number,
        period,
        cast(floor(greatest(earliest - first, 0) / 30.436875) as integer) as youngest,
        cast(floor((latest - first) / 30.436875) as integer) as oldest
    from (
        select customer_key, period, min(day) as earliest, max(day) as latest
        from (
            select
                customer_key,
                day,
                case
                    when $weekly then cast(floor((day - date '1900-01-01') / 7) as integer)
                    else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
                end as period
            from orders
            where counted and day between $begin and $end
        ) as placed
        group by customer_key, period
    ) as by_customer
    inner join period_members using (customer_key)
    where latest > first
) as returned
group by 1, 2, 3, 4;
