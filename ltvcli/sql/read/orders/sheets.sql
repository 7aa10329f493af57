-- Records and days of each sheet; days of records that are excluded count too.
select sheet, count(*) as records, min(case when is_past then day end) as first_day,
    max(case when is_past then day end) as last_day
from (select *, problem is distinct from 'future-date' as is_past from records)
group by sheet
order by sheet;
