-- Customers by id and by e-mail address: how many, how many ordered again, and how many have one or
-- several of the other. The table `identities` may be of files or of a table.
select
    kind,
    count(case when orders > 0 then 1 end) as customers,
    count(case when orders > 1 then 1 end) as repeated,
    count(case when others > 0 then 1 end) as with_other,
    count(case when others > 1 then 1 end) as several,
    coalesce(sum(revenue), 0) as revenue
from (
    select 'id' as kind, sum(orders) as orders, sum(revenue) as revenue, count(distinct email) as others
    from identities
    where customer is not null
    group by customer
    union all
    select 'email' as kind, sum(orders) as orders, sum(revenue) as revenue, count(distinct customer) as others
    from identities
    where email is not null
    group by email
) as people
group by kind;
