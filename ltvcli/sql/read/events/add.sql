-- The rows of one file; the reasons that need other rows come later.
insert into event_rows
select
    $sheet, rowid, id, email, day, event, value, event_id, null,
    case
        when id is null and email is null then 'anonymous'
        when day is null then 'date-not-a-date'
        when event is null then 'no-event'
        when day > $as_of then 'after-as-of'
    end
from event_table;
