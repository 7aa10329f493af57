-- What --rejects writes.
create or replace table excluded_rows as
select sheet, record, reason
from experiment_rows
where reason is not null;
