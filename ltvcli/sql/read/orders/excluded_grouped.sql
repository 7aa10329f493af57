create or replace table excluded_rows as
select order_rows.sheet, order_rows.record,
    coalesce(excluded_for, dependent_reasons.reason, case when folds then 'refund-folded' end) as final_reason
from order_rows
left join dependent_reasons
    on dependent_reasons.sheet = order_sheet and dependent_reasons.record = order_record
where final_reason is not null;

alter table excluded_rows rename column final_reason to reason;
