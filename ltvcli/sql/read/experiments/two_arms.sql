update experiment_rows set reason = 'two-arms'
where
    reason is null
    and customer in (
        select customer from experiment_rows where reason is null group by customer having count(distinct arm) > 1
    );
