-- The same for orders of several rows: lines are added up, what each row repeats of its order counts once.
create or replace table stated_reductions as
select
    o.order_sheet as sheet,
    o.order_record as record,
    case when bool_or(r.of_lines) then sum(r.discount) else max(r.discount) end as discount,
    max(r.refund) as refund,
    bool_or(r.of_lines) as of_lines
from stated_reductions as r
inner join order_rows as o on o.sheet = r.sheet and o.record = r.record
group by o.order_sheet, o.order_record;
