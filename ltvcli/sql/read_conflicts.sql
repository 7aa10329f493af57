select sheet, count(*) filter (customers_differ) as customers, count(*) filter (days_differ) as days,
    count(*) filter (amounts_differ) as amounts
from parts
group by sheet;
