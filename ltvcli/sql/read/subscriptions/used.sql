select sheet, count(*) as used
from subscription_used
group by sheet;
