select
    coalesce(try_cast(min(customer_key) as bigint), 0) as lowest,
    coalesce(try_cast(max(customer_key) as bigint), 0) as highest,
    coalesce(bool_or(typeof(customer_key) <> 'VARCHAR'), false) as are_numbers
from experiment_rows
where reason is null;
