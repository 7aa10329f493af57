select sheet, reason, count(*) as count, count(distinct record) as records
from excluded_rows
group by sheet, reason
order by sheet, count desc, reason;
