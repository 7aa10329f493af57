-- The rows of one order become one. A sheet order is what one sheet says about one order: in sheets with
-- line totals the rows are added up, in others the first total counts and rows below zero are refunds.
create or replace table sheet_orders as
select source, key, sheet,
    min(record) as record,
    coalesce(arg_min(customer, record) filter (is_sale), arg_min(customer, record)) as customer,
    arg_min(currency, record) as currency,
    arg_min(reason, record) as reason,
    case when line then sum(amount) else arg_min(amount, record) filter (amount >= 0) end as gross,
    case when line then 0 else coalesce(sum(amount) filter (amount < 0), 0) end as refunds,
    coalesce(case when line then sum(amount) else sum(amount) filter (amount >= 0) end, 0) as all_rows,
    case when line then sum(minus) else coalesce(arg_min(minus, record) filter (minus <> 0), 0) end as minus,
    case
        when line or min(cost) <> max(cost) then case when count(cost) = count(*) then sum(cost) end
        else arg_min(cost, record)
    end as cost,
    count(amount) > 0 and coalesce(gross < 0, not line) as is_refund,
    case when is_refund then arg_min(day, record) else arg_min(day, record) filter (is_sale) end as day,
    coalesce(min(customer) filter (is_sale) <> max(customer) filter (is_sale), false) as customers_differ,
    coalesce(min(day) filter (is_sale) <> max(day) filter (is_sale), false) as days_differ,
    not line and coalesce(min(amount) filter (is_sale) <> max(amount) filter (is_sale), false)
        as amounts_differ
from (
    select *, coalesce(amount >= 0, true) as is_sale
    from records anti join earlier_states using (source, key, sheet) anti join repeated_refunds using (sheet, record)
    where row_reason is null
)
group by source, key, sheet, line;

-- One sheet sells an order, as earlier states are left out; refunds in others that name it fold into it.
create or replace table order_keys as
select source, key, bool_or(not is_refund) as is_sale,
    arg_min(sheet, sheet + is_refund::int * 1000000) as sheet,
    arg_min(record, sheet + is_refund::int * 1000000) as record,
    coalesce(sum(gross + refunds - minus) filter (is_refund), 0) as refunds
from (select * replace (coalesce(gross, 0) as gross) from sheet_orders)
group by source, key;

create or replace table all_orders as
select source, key, sheet, record, customer, customer as customer_key, day, cost, null::decimal(18, 4) as serve, currency, null::text as segment,
    not is_sale as is_refund,
    try_cast(
        case
            when is_sale then gross + sheet_orders.refunds - minus + order_keys.refunds
            else order_keys.refunds
        end
        as decimal(18, 4)
    ) as amount,
    verdict(reason, customer, day, amount) as reason
from order_keys join sheet_orders using (source, key, sheet, record);

-- Every row with the order it went into; `excluded_for` where the row itself is not used.
create or replace view order_rows as
select records.sheet, records.record, all_orders.sheet as order_sheet, all_orders.record as order_record,
    case
        when row_reason is not null then row_reason
        when earlier_states.sheet is not null or repeated_refunds.sheet is not null then 'duplicate-order'
        when all_orders.reason is not null then all_orders.reason
    end as excluded_for,
    not all_orders.is_refund and (sheet_orders.is_refund or not line and records.amount < 0) as folds
from records
left join sheet_orders on row_reason is null and sheet_orders.source = records.source and sheet_orders.key = records.key
    and sheet_orders.sheet = records.sheet
left join all_orders on row_reason is null and all_orders.source = records.source and all_orders.key = records.key
left join earlier_states on earlier_states.source = records.source and earlier_states.key = records.key
    and earlier_states.sheet = records.sheet
left join repeated_refunds on repeated_refunds.sheet = records.sheet
    and repeated_refunds.record = records.record;
