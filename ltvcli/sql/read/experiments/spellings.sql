-- How each arm is written, most often first.
select
    arm,
    written,
    cast(sum(records) as bigint) as records
from experiment_spellings
where not is_no_arm(arm)
group by arm, written
order by arm, records desc, written
limit $most;
