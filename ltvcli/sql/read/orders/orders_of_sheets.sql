-- One sheet sells an order, as earlier states are left out; refunds in others that name it fold into it.
create or replace table order_keys as
select source, key, bool_or(not is_refund) as is_sale,
    arg_min(sheet, sheet + is_refund::int * 1000000) as sheet,
    arg_min(record, sheet + is_refund::int * 1000000) as record,
    coalesce(sum(gross + refunds - minus) filter (is_refund), 0) as refunds
from (select * replace (coalesce(gross, 0) as gross) from sheet_orders)
group by source, key;

create or replace table orders_of_sheets as
select source, key, sheet, record, customer_key, day, cost, null::decimal(18, 4) as serve, currency, null::text as segment,
    not is_sale as is_refund,
    try_cast(
        case
            when is_sale then gross + sheet_orders.refunds - minus + order_keys.refunds
            else order_keys.refunds
        end
        as decimal(18, 4)
    ) as amount,
    verdict(reason, customer_key, day, amount) as reason,
    is_used(reason, customer_key, day, amount) as is_used
from order_keys join sheet_orders using (source, key, sheet, record);

create or replace view whole_orders as select * from orders_of_sheets;
