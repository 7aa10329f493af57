-- What the rows that are used say, added up without looking at orders.
select coalesce(sum(amount) - sum(minus), 0) as total
from records anti join excluded_rows using (sheet, record);
