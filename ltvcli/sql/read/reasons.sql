select sheet, reason, count(*) as count, count(distinct record) as records
from set_aside
group by sheet, reason
order by sheet, count desc, reason;
