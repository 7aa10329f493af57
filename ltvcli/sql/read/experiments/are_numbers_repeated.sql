-- The same where keys are numbers that lie near each other: a bit for each is quicker than sorting them.
select coalesce(
    count(customer_key) > bit_count(bitstring_agg(customer_key, $lowest, $highest))
    or count(customer) > count(distinct customer), false
) as repeated
from experiment_rows
where reason is null;
