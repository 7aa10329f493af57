-- What each order brought and what was paid back of it, where every row is an order or a refund. A view,
-- because computing it again takes less time than storing it.
set variable net_refunds = cast($net_refunds as boolean);

create or replace temp view every_order_sum as
select
    sheet,
    record,
    customer_key,
    day,
    case when amount < 0 then 0 else amount + case when getvariable('net_refunds') then coalesce(minus, 0) else 0 end end
        as ordered,
    case when amount < 0 then -amount when getvariable('net_refunds') then coalesce(minus, 0) else 0 end as refunded
from all_orders
where is_used;
