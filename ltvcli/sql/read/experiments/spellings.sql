-- How each arm is written, most often first.
select
    arm,
    written,
    cast(count(*) as bigint) as records
from experiment_rows
where arm not in ('', 'nan', 'null')
group by arm, written
order by arm, records desc, written
limit $most;
