-- Of the events of somebody, by file: how many are by a customer, and how many are not.
select
    sheet,
    cast(count(*) filter (reason is null) as bigint) as matched,
    cast(count(*) filter (reason in ('customer-unknown', 'customer-unclear')) as bigint) as unmatched
from event_rows
group by sheet
order by sheet;
