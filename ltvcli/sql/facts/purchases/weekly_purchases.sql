-- Purchases by the week of the customer's first purchase and by their week, counted back from as_of:
-- week 0 is the seven days that end on it. First purchases of customers are counted separately.
select
    cast(floor(cast(days_between(first, $as_of) as double) / 7) as integer) as first_week,
    cast(floor(cast(days_between(day, $as_of) as double) / 7) as integer) as week,
    cast(count(case when day = first and counted = 1 then 1 end) as bigint) as customers,
    cast(count(case when day > first and counted = 1 then 1 end) as bigint) as repeats,
    cast(sum(case when day > first then amount else 0 end) as double) as repeat_spend
from purchases
group by 1, 2
order by 1, 2;
