select
    sheet,
    cast(count(*) as bigint) as records,
    cast(count(*) filter (reason is null) as bigint) as used
from experiment_rows
group by sheet;
