-- For how many days customers were observed since the assignment; that day is the first.
select
    min($as_of - day) + 1 as shortest,
    max($as_of - day) + 1 as longest,
    quantile_disc($as_of - day, 0.1) + 1 as most_reached,
    cast(count(*) as bigint) as customers,
    min(day) as first,
    max(day) as last
from experiment_rows
where reason is null;
