-- Orders by id and e-mail address of the customer; guests have no id.
create or replace temp table identities as
select all_orders.customer, case when contains(email, '@') then tidy_id(email) end as email,
    count(*) filter (not is_refund) as orders, sum(amount) as revenue
from (from all_orders anti join dependent_reasons using (sheet, record)) as all_orders
left join emails_of_rows using (sheet, record)
where reason is null or reason = 'no-customer'
group by all;
