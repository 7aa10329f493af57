select
    cast(12 * extract(year from day) + extract(month from day) - 1 as integer) as month,
    cast(count(*) as bigint) as days,
    count(*) = max(extract(day from last_day(day))) as complete
from acquired_days
group by 1
order by 1;
