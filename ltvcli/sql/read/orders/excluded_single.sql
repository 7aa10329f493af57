create or replace table excluded_rows as
select sheet, record, reason from all_orders where reason is not null
union all
select sheet, record, reason from dependent_reasons;
