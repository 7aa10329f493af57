-- The orders of ../shop as a warehouse holds them: typed, one row per order, in a schema of their own.
create schema shop;
create table shop.orders as
select
    "Name" as order_id,
    "Email" as customer_email,
    cast(left("Created at", 19) as timestamp) as created_at, -- the time of the shop
    cast("Total" as decimal(12, 2)) as total,
    cast("Refunded Amount" as decimal(12, 2)) as refunded_amount,
    sum(cast("Cost" as decimal(12, 2))) over (partition by "Name") as cost,
    "Currency" as currency,
    case when "Cancelled at" is null then "Financial Status" else 'cancelled' end as status,
    "Channel" as channel
from read_csv('../shop/orders.csv', all_varchar = true)
qualify row_number() over (partition by "Name" order by "Subtotal" is null) = 1
order by order_id;
