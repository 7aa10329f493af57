-- An event that is there twice, by its id: the first counts.
create or replace temp table repeated_events as
select event_id
from event_rows
where reason is null and event_id is not null
group by event_id
having count(*) > 1;

update event_rows
set reason = 'duplicate-event'
from (
    select
        sheet,
        record,
        row_number() over (partition by event_id order by sheet, record) as place
    from event_rows
    semi join repeated_events using (event_id)
    where reason is null
) as repeated
where place > 1 and event_rows.sheet = repeated.sheet and event_rows.record = repeated.record;
