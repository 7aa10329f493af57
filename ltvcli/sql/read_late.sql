-- Reasons that hang on what a customer did elsewhere in the data.
insert into late
select found.sheet, found.record, 'other-currency'
from found
where reason is null and currency <> $currency;

create or replace table first_days as
select customer, min(day) filter (not is_refund) as first_day
from found anti join late using (sheet, record)
where reason is null
group by customer;

insert into late
select found.sheet, found.record,
    case when first_day is null then 'refund-without-order' else 'customer-before-new-since' end
from (select * from found anti join late using (sheet, record)) as found
join first_days using (customer)
where reason is null and (first_day is null and is_refund or first_day < $new_since);

drop table first_days;
