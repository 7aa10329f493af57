-- What each customer did in the first $days days: by event (its place among $names from 1 on, 0 for all
-- others), and of any event (-1).
with
    coded as (
        select
            place,
            age,
            events,
            value,
            coalesce(list_position(cast($names as text[]), event), 0) as code
        from early_events
        where age < $days
    ),
    both_ways as (
        select place, code, age, events, value from coded
        union all
        select place, -1 as code, age, events, value from coded
    )
select
    place,
    cast(code as bigint) as code,
    cast(sum(events) as bigint) as events,
    cast(count(distinct age) as bigint) as days,
    cast(max(age) as bigint) as last,
    cast(coalesce(sum(value), 0) as double) as value
from both_ways
group by place, code
order by place, code;
