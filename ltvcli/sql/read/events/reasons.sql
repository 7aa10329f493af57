select
    sheet,
    reason,
    cast(count(*) as bigint) as records
from event_rows
where reason is not null
group by sheet, reason
order by sheet, reason;
