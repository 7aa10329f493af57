select
    sheet,
    cast(count(*) as bigint) as records,
    cast(count(*) filter (reason is null) as bigint) as used,
    min(signed) filter (reason is null) as first,
    max(signed) filter (reason is null) as last
from deal_rows
group by sheet;
