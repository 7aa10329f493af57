-- What each order brought and what was paid back of it, where every row is an order or a refund.
create or replace temp table order_sums as
select
    a.sheet,
    a.record,
    a.customer_key,
    a.day,
    case when a.amount < 0 then 0 else a.amount + case when $net_refunds then coalesce(r.minus, 0) else 0 end end
        as ordered,
    case when a.amount < 0 then -a.amount when $net_refunds then coalesce(r.minus, 0) else 0 end as refunded
from all_orders as a
inner join records as r using (sheet, record)
where a.reason is null;
