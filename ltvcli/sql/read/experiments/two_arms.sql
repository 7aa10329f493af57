update experiment_rows set reason = 'two-arms'
where reason is null and customer in (select customer from experiment_people where arm <> another_arm);
