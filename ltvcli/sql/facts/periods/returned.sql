-- Customers with a counted order after their first day, each once in a month or week: see buyers.sql.
select
    cast(floor(cast(number as double) / 100) as integer) as segment,
    period,
    cast(number % 100 as integer) as bucket,
    cast(sum(customers) as bigint) as customers
from period_buyers
group by 1, 2, 3
order by 1, 2, 3;
