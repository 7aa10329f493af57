-- Cancellations of customers of the exports, by ID or by an e-mail address that is that of one customer only.
update cancellation_rows set reason = 'after-as-of' where reason is null and day > $as_of;

create or replace temp table cancellations as
select
    coalesce(c.customer, e.customer) as customer, r.day, r.said, r.comment, r.sheet, r.record
from cancellation_rows as r
left join customers as c on c.customer = r.customer
left join (
    select email, min(customer) as customer
    from emails semi join customers using (customer)
    group by email
    having count(distinct customer) = 1
) as e on e.email = coalesce(r.email, case when contains(r.customer, '@') then r.customer end)
where r.reason is null;

update cancellation_rows set reason = 'customer-unknown'
where reason is null and (sheet, record) in (select (sheet, record) from cancellations where customer is null);
delete from cancellations where customer is null;
