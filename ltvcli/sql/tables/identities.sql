-- Orders by id and e-mail address of the customer; guests have no id.
create or replace temp table identities as
select customer, email, count(case when not is_refund then 1 end) as orders, sum(amount) as revenue
from (
    select customer, case when email like '%@%' then lower(trim(email)) end as email, is_refund, amount
    from judged
    where reason is null or reason = 'no-customer'
) as orders_of_people
group by customer, email;
