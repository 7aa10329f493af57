-- Events by the number of customers who did them in the first days.
select
    event,
    cast(sum(events) as bigint) as events,
    cast(count(distinct place) as bigint) as customers
from early_events
group by event
order by customers desc, event;
