-- Customers by e-mail address: how many, how many ordered again, and how many have several ids.
select
    count(case when orders > 0 then 1 end) as customers,
    count(case when orders > 1 then 1 end) as repeated,
    count(case when ids > 0 then 1 end) as with_id,
    count(case when ids > 1 then 1 end) as several,
    coalesce(sum(revenue), 0) as revenue
from (
    select
        count(case when not is_refund then 1 end) as orders,
        sum(amount) as revenue,
        count(distinct customer) as ids
    from judged
    where email like '%@%' and (reason is null or reason = 'no-customer')
    group by lower(trim(email))
) as addresses;
