-- The same where the first row of each order holds every value of its other rows.
create or replace table first_rows as
select source, key, sheet, record, customer_key, currency, reason, day, amount
from compared_records
where not is_repeated and row_reason is null;

create or replace view sheet_orders as
select source, key, sheet, record, customer_key, currency, reason,
    case when amount >= 0 then amount end as gross,
    case when amount < 0 then amount else 0 end as refunds,
    coalesce(gross, 0) as all_rows,
    0::decimal(18, 4) as minus,
    null::decimal(18, 4) as cost,
    coalesce(amount < 0, false) as is_refund,
    day,
    false as customers_differ,
    false as days_differ,
    false as amounts_differ
from first_rows;
