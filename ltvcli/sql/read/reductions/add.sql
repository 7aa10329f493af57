insert into stated_reductions
select $sheet, rowid, discount, refund, $of_lines
from reduction_table
where discount is not null or refund is not null;
