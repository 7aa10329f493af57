select coalesce(
    count(customer_key) > count(distinct customer_key) or count(customer) > count(distinct customer), false
) as repeated
from experiment_rows
where reason is null;
