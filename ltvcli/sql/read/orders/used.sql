select sheet, count(*) as used
from records anti join set_aside using (sheet, record)
group by sheet;
