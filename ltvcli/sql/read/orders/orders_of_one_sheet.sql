-- The same for a single sheet: no other sheet changes its orders.
create or replace view order_keys as
select source, key, not is_refund as is_sale, sheet, record,
    case when is_refund then coalesce(coalesce(gross, 0) + refunds - minus, 0) else 0 end as refunds
from sheet_orders;

create or replace view whole_orders as
select source, key, sheet, record, customer_key, day, cost, null::decimal(18, 4) as serve, currency, null::text as segment,
    is_refund,
    try_cast(case when is_refund then coalesce(coalesce(gross, 0) + refunds - minus, 0) else gross + refunds - minus end as decimal(18, 4)) as amount,
    verdict(reason, customer_key, day, amount) as reason,
    is_used(reason, customer_key, day, amount) as is_used
from sheet_orders;
