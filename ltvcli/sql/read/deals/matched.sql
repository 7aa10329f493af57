-- Deals with the customer of the exports they are about: by ID, or else by an e-mail address that is that
-- of one customer only. `matched` is NULL where there is none.
create or replace temp table matched_deals as
select
    d.*,
    coalesce(c.customer, e.customer) as matched
from deals as d
left join customers as c on c.customer = d.customer
left join (
    select email, min(customer) as customer
    from emails semi join customers using (customer)
    group by email
    having count(distinct customer) = 1
) as e on e.email = coalesce(d.email, case when contains(d.customer, '@') then d.customer end)
order by d.deal;
