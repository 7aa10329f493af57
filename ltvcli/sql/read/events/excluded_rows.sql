create table if not exists excluded_rows (sheet integer, record bigint, reason text);

insert into excluded_rows
select sheet + cast($place as integer), record, reason
from event_rows
where reason is not null;
