-- Customers by id: how many, how many ordered again, and how many have several e-mail addresses.
select
    count(case when orders > 0 then 1 end) as customers,
    count(case when orders > 1 then 1 end) as repeated,
    count(case when emails > 0 then 1 end) as with_email,
    count(case when emails > 1 then 1 end) as several,
    coalesce(sum(revenue), 0) as revenue
from (
    select
        count(case when not is_refund then 1 end) as orders,
        sum(amount) as revenue,
        count(distinct case when email like '%@%' then lower(trim(email)) end) as emails
    from judged
    where customer is not null and (reason is null or reason = 'no-customer')
    group by customer
) as ids;
