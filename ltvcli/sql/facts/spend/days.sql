-- Days on which new customers are known, and the spend that was to win them too: what was spent
-- $lag days before.
create or replace temp table acquired_days as
select distinct day + cast($lag as integer) as day
from spend_known
where day + cast($lag as integer) between $first and $as_of;
