-- The table that visits.sql adds to.
create or replace temp table period_visits as
select cast(0 as integer) as block, customer_key, cast(0 as bigint) as seen
from period_members
where number < 0;
