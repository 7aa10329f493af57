-- The same where rows make up orders: refunds of an order fold into it.
create or replace temp table every_order_sum as
select
    a.sheet,
    a.record,
    a.customer_key,
    a.day,
    case
        when a.is_refund then 0
        else s.gross - case when $net_refunds then 0 else coalesce(s.minus, 0) end
    end as ordered,
    case
        when a.is_refund then -a.amount
        else case when $net_refunds then coalesce(s.minus, 0) else 0 end - coalesce(s.refunds, 0) - k.refunds
    end as refunded
from all_orders as a
inner join order_keys as k using (sheet, record)
inner join sheet_orders as s using (sheet, record)
where a.reason is null;
