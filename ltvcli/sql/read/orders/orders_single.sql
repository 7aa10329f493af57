-- Every row is an order of its own.
create or replace view all_orders as
select sheet, record, customer, customer_key, day, cost, serve, currency, segment_key as segment,
    minus,
    net as amount,
    coalesce(amount < 0, false) as is_refund,
    verdict(coalesce(row_reason, reason), customer_key, day, amount) as reason,
    case when row_reason is null then is_used else false end as is_used
from records;

-- Every row is its own order; the same view as of orders of several rows.
create or replace view order_rows as
select sheet, record, sheet as order_sheet, record as order_record, reason as excluded_for, false as folds
from all_orders;
