-- Orders made of rows, each with the ID of its customer, which may follow from a number.
create or replace view all_orders as
select *, customer_id(customer_key) as customer from whole_orders;

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
