create or replace table excluded_rows as
select sheet, record, reason from all_orders where not is_used
union all
select sheet, record, reason from dependent_reasons;
