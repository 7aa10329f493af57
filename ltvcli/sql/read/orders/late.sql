-- Reasons that depend on the other orders of a customer.
insert into late
select found.sheet, found.record, 'other-currency'
from found
where reason is null and currency <> $currency;

-- First orders are taken from the whole file, so that orders before $since count here as well.
create or replace table first_days as
select customer, min(day) filter (not is_refund) as first_day
from found anti join late using (sheet, record)
where reason is null
    or reason = 'outside-period' and day < $since and amount is not null
        and coalesce(currency = $currency, true)
group by customer;

insert into late
select found.sheet, found.record,
    case
        when first_day < $new_since then 'customer-before-new-since'
        when first_day < $since then 'customer-before-from'
        else 'refund-without-order'
    end
from (select * from found anti join late using (sheet, record)) as found
join first_days using (customer)
where reason is null and (first_day is null and is_refund or first_day < $new_since or first_day < $since);

drop table first_days;
