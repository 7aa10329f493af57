-- Customers at the start of a period.
select
    cast(count(*) filter (first < $middle and last >= $middle) as bigint) as now,
    cast(count(*) filter (first < $begin and last >= $begin) as bigint) as before
from lives;
