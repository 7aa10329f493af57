-- Reasons that depend on the other orders of a customer.
insert into dependent_reasons
select all_orders.sheet, all_orders.record, 'other-currency'
from all_orders
where reason is null and currency <> $currency;

-- First orders are taken from the whole file, so that orders before $since count here as well.
create or replace table first_days as
select customer, min(day) filter (not is_refund) as first_day
from all_orders anti join dependent_reasons using (sheet, record)
where reason is null
    or reason = 'outside-period' and day < $since and amount is not null
        and coalesce(currency = $currency, true)
group by customer;

insert into dependent_reasons
select all_orders.sheet, all_orders.record,
    case
        when first_day < $new_since then 'customer-before-new-since'
        when first_day < $since then 'customer-before-from'
        else 'refund-without-order'
    end
from (select * from all_orders anti join dependent_reasons using (sheet, record)) as all_orders
join first_days using (customer)
where reason is null and (first_day is null and is_refund or first_day < $new_since or first_day < $since);

drop table first_days;
