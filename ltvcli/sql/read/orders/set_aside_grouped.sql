create or replace table set_aside as
select members.sheet, members.record,
    coalesce(apart, late.reason, case when folds then 'refund-folded' end) as set_aside_for
from members
left join late on late.sheet = order_sheet and late.record = order_record
where set_aside_for is not null;

alter table set_aside rename column set_aside_for to reason;
