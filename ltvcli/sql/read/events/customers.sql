-- How many customers there are, and how many have events.
select
    (select cast(count(distinct customer) as bigint) from events) as with_events,
    (select cast(count(distinct customer) as bigint) from customers) as customers;
