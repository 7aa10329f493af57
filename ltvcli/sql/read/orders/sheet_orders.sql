-- The rows of one order become one. A sheet order is what one sheet says about one order: in sheets with
-- line totals the rows are added up, in others the first total counts and rows below zero are refunds.
create or replace table sheet_orders as
select source, key, sheet,
    min(record) as record,
    coalesce(arg_min(customer_key, record) filter (is_sale), arg_min(customer_key, record)) as customer_key,
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
    coalesce(min(customer_key) filter (is_sale) <> max(customer_key) filter (is_sale), false) as customers_differ,
    coalesce(min(day) filter (is_sale) <> max(day) filter (is_sale), false) as days_differ,
    not line and coalesce(min(amount) filter (is_sale) <> max(amount) filter (is_sale), false)
        as amounts_differ
from (
    select *, coalesce(amount >= 0, true) as is_sale
    from records anti join earlier_states using (source, key, sheet) anti join repeated_refunds using (sheet, record)
    where row_reason is null
)
group by source, key, sheet, line;
