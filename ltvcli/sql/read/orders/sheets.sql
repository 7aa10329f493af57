-- Records and days of each sheet; days of records that are excluded count too.
select sheet, count(*) as records, min(day) filter (is_past) as first_day,
    max(day) filter (is_past) as last_day
from (select *, problem is distinct from 'future-date' as is_past from records)
group by sheet
order by sheet;
