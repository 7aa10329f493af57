select
    coalesce(sum(case when is_inside then amount end), 0)::decimal(38, 4) as spend,
    coalesce(sum(case when not is_inside then amount end), 0)::decimal(38, 4) as outside,
    coalesce(sum(case when is_inside then spread end), 0)::decimal(38, 4) as spread,
    (select min(day) from acquired_days) as first,
    (select max(day) from acquired_days) as last
from (
    select amount, spread, day + cast($lag as integer) between $first and $as_of as is_inside from spend
) as judged;
