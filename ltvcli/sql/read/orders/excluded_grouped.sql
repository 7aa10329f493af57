create or replace table excluded_rows as
select * from (
    select order_rows.sheet, order_rows.record,
        coalesce(excluded_for, dependent_reasons.reason, case when folds then 'refund-folded' end) as reason
    from order_rows
    left join dependent_reasons
        on dependent_reasons.sheet = order_sheet and dependent_reasons.record = order_record
)
where reason is not null;
