-- The outcome that a share of the customers who brought something stays at or below, and how many lie above.
select cast(quantile_disc(outcome, cast($share as double)) as double) as cap
from experiment_measured
where outcome > 0;
