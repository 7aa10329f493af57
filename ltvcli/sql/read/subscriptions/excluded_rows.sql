-- Every excluded row with its reason.
create or replace table excluded_rows as
select sheet, record, reason from subscription_excluded
union all
select sheet, record, reason from subscription_dependent_reasons;
