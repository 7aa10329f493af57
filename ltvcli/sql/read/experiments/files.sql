select
    sheet,
    cast(count(*) as bigint) as records,
    cast(count(*) filter (reason is null) as bigint) as used,
    null as first,
    null as last
from experiment_rows
group by sheet;
