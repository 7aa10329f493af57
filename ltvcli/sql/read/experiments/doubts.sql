select
    cast(count(*) filter (is_blank and reason is null) as bigint) as blank,
    cast((select count(*) from experiment_people where arm <> another_arm) as bigint) as in_two_arms,
    cast((select count(*) from experiment_people where arm = another_arm and records > 1) as bigint) as repeated
from experiment_rows;
