-- Records of each sheet, those used, and the days of those.
select
    sheet,
    count(distinct record) as records,
    count(distinct case when reason is null then record end) as used,
    min(case when reason is null then first end) as first,
    max(case when reason is null then last end) as last
from spend_rows
group by sheet
order by sheet;
