select
    sheet,
    cast(count(*) as bigint) as records,
    cast(count(*) filter (reason is null) as bigint) as used,
    min(day) filter (reason is null) as first,
    max(day) filter (reason is null) as last
from event_rows
group by sheet;
