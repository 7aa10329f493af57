update experiment_rows set reason = 'not-observed'
where reason is null and $as_of - day + 1 < $age;
