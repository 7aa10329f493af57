-- The rows of one order become one. A part is what one sheet says about one order: in sheets with line
-- totals the rows are added up, in others the first total counts and rows below zero are refunds.
create or replace table parts as
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
    where lone is null
)
group by source, key, sheet, line;

-- One sheet sells an order, as earlier states are left out; refunds in others that name it fold into it.
create or replace table keys as
select source, key, bool_or(not is_refund) as is_sale,
    arg_min(sheet, sheet + is_refund::int * 1000000) as sheet,
    arg_min(record, sheet + is_refund::int * 1000000) as record,
    coalesce(sum(gross + refunds - minus) filter (is_refund), 0) as refunds
from (select * replace (coalesce(gross, 0) as gross) from parts)
group by source, key;

create or replace table found as
select source, key, sheet, record, customer, day, cost, null::decimal(18, 4) as serve, currency, null::text as segment,
    not is_sale as is_refund,
    (case when is_sale then gross + parts.refunds - minus + keys.refunds else keys.refunds end)
        ::decimal(18, 4) as amount,
    verdict(reason, customer, day, amount) as reason
from keys join parts using (source, key, sheet, record);

-- Every row with the order it went into; `apart` where the row itself is not used.
create or replace view members as
select records.sheet, records.record, found.sheet as order_sheet, found.record as order_record,
    case
        when lone is not null then lone
        when earlier_states.sheet is not null or repeated_refunds.sheet is not null then 'duplicate-order'
        when found.reason is not null then found.reason
    end as apart,
    not found.is_refund and (parts.is_refund or not line and records.amount < 0) as folds
from records
left join parts on lone is null and parts.source = records.source and parts.key = records.key
    and parts.sheet = records.sheet
left join found on lone is null and found.source = records.source and found.key = records.key
left join earlier_states on earlier_states.source = records.source and earlier_states.key = records.key
    and earlier_states.sheet = records.sheet
left join repeated_refunds on repeated_refunds.sheet = records.sheet
    and repeated_refunds.record = records.record;
