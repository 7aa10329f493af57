-- Spend of one sheet that is used, and of rows without a day.
select sum(amount) filter (reason is null) as used,
    count(distinct record) filter (reason is null) as rows,
    sum(amount) filter (reason = 'date-not-a-date' and first is null and last is null) as undated,
    count(distinct record) filter (reason = 'date-not-a-date') as undated_rows
from spend_rows where sheet = $sheet;
