select sheet, count(*) as used
from records anti join excluded_rows using (sheet, record)
group by sheet;
