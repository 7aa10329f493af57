-- Customers by e-mail address: how many, how many ordered again, and how many have several ids.
select count(*) filter (orders > 0) as customers, count(*) filter (orders > 1) as repeated,
    count(*) filter (ids > 0) as with_id, count(*) filter (ids > 1) as several,
    coalesce(sum(revenue), 0) as revenue
from (
    select sum(orders) as orders, sum(revenue) as revenue, count(distinct customer) as ids
    from identities where email is not null group by email
);
