-- What each order brought and what was paid back of it, where every row is an order or a refund.
create or replace temp table order_sums as
select
    sheet,
    record,
    customer_key,
    day,
    case when amount < 0 then 0 else amount + case when $net_refunds then coalesce(minus, 0) else 0 end end
        as ordered,
    case when amount < 0 then -amount when $net_refunds then coalesce(minus, 0) else 0 end as refunded
from all_orders
where reason is null;
