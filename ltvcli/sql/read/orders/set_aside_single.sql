create or replace table set_aside as
select sheet, record, reason from found where reason is not null
union all
select sheet, record, reason from late;
