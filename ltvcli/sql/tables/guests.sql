-- Orders without a customer that have an e-mail address.
select
    count(distinct lower(trim(email))) as customers,
    count(case when not is_refund then 1 end) as orders,
    coalesce(sum(amount), 0) as revenue
from judged
where reason = 'no-customer' and email like '%@%';
