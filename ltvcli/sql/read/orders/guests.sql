-- Orders without a customer that have an e-mail address.
select count(distinct tidy_id(email)) as customers, count(*) filter (not is_refund) as orders,
    coalesce(sum(amount), 0) as revenue
from all_orders join emails_of_rows using (sheet, record)
where reason = 'no-customer' and contains(email, '@');
