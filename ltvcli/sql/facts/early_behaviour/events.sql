-- What each customer did on each of the first $days days, the first of which is day 0. A value beyond what
-- any event is worth would be no sum; values are added as decimals, so that the order of rows has no effect.
create or replace temp table early_events as
select
    s.place,
    e.event,
    cast(e.day - s.first as integer) as age,
    cast(count(*) as bigint) as events,
    sum(cast(case when abs(e.value) < 1e15 then e.value else 0 end as decimal(28, 4))) as value
from events as e
inner join early_starts as s on s.customer = e.customer
where e.day >= s.first and e.day < s.first + $days
group by s.place, e.event, e.day - s.first;
