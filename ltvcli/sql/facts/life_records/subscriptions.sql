-- What became of each subscriber, in the order of ids. Revenue is the monthly amount times the months
-- on which it was paid, within $horizon days of the first paid day.
select
    customer,
    first,
    last <= $as_of and last <= first + $within as "left",
    first + $within <= $as_of as observed,
    cast(revenue as double) as revenue,
    first + $horizon <= $as_of as is_whole
from (
    select
        c.customer,
        min(c.first) as first,
        min(c.last) as last,
        sum(cast(
            p.yearly * greatest(
                least(coalesce(p."end", date '9999-12-31'), c.first + $horizon, $as_of + 1)
                - greatest(p.start, c.first), 0
            ) / (12 * 30.436875) as decimal(28, 8)
        )) as revenue
    from customers as c
    inner join periods as p on p.customer = c.customer
    where p.state in ('paying', 'past-due') and p.yearly > 0 and p.start <= $as_of
    group by c.customer
) as lives
order by customer;
