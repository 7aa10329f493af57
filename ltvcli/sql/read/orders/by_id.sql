-- Customers by id: how many, how many ordered again, and how many have several e-mail addresses.
select count(*) filter (orders > 0) as customers, count(*) filter (orders > 1) as repeated,
    count(*) filter (emails > 0) as with_email, count(*) filter (emails > 1) as several,
    coalesce(sum(revenue), 0) as revenue
from (
    select sum(orders) as orders, sum(revenue) as revenue, count(distinct email) as emails
    from identities where customer is not null group by customer
);
