select sheet, count(*) as used
from subscription_found anti join set_aside using (sheet, record)
group by sheet;
