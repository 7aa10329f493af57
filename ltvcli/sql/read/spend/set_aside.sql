create table if not exists set_aside (sheet integer, record bigint, reason text);

insert into set_aside
select distinct sheet + cast($place as integer), record, reason
from spend_rows
where reason is not null;
