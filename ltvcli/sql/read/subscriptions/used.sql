select sheet, count(*) as used
from subscription_rows anti join excluded_rows using (sheet, record)
group by sheet;
