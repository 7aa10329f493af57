select sheet, reason, count(distinct record) as count
from spend_rows
where reason is not null
group by sheet, reason
order by sheet, count desc, reason;
