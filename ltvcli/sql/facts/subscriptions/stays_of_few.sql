-- `stays` where each customer is a bucket of its own.
create or replace temp table stays as
select
    cast(row_number() over (order by customer) - 1 as integer) as bucket,
    first,
    last,
    cast(floor(($as_of - first + 1) / 30.436875) as integer) as observed_months
from paid_days($as_of);
