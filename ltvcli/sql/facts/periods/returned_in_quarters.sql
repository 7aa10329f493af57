-- Customers with a counted order after their first day, by quarter: see buyers_in_quarters.sql.
select
    cast(floor(cast(number as double) / 100) as integer) as segment,
    period,
    cast(number % 100 as integer) as bucket,
    customers
from period_returned
order by 1, 2, 3;
