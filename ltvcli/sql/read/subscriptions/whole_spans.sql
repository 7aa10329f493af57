-- Stretches where no row changes its state: a view, because computing it again takes less time than
-- storing it.
create or replace view subscription_spans as
select * exclude (status, trial_end), 'paying' as state, false as is_cut
from subscription_whole
where "end" is null or "end" > start;
