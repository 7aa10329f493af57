select cast(coalesce(sum(heads), 0) as bigint) as customers
from experiment_measured
where outcome > $cap;
