-- Days of customers that spend was for.
select min(day) + cast($lag as integer) as first, max(day) + cast($lag as integer) as last from spend_known;
