insert into excluded_rows
select $first + sheet as sheet, record, reason
from experiment_rows
where reason is not null;
