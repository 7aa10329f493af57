select
    cast(count(*) filter (is_blank and reason is null) as bigint) as blank,
    cast(count(distinct customer) filter (reason = 'two-arms') as bigint) as in_two_arms,
    cast((
        select count(*) from (
            select customer from experiment_rows
            where reason is null and customer is not null
            group by customer having count(*) > 1
        )
    ) as bigint) as repeated
from experiment_rows;
