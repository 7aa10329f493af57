-- First and last day of the log, whoever did it.
select min(day) as first, max(day) as last
from event_rows
where reason is null or reason not in ('date-not-a-date', 'after-as-of');
