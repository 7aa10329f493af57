-- Movements of each customer in each window. `daily`: every day on which a customer changes is a
-- separate movement, and `moved_on` is that day; else only the states as the window opens and closes
-- count.
create or replace temp table mrr_moves as
with
    changes as (
        select w.month, c.*
        from (
            select
                *,
                cast(
                    unnest(generate_series(date_trunc('month', opens + 1), closes, interval 1 month))
                    as date
                ) as touched
            from mrr_windows
        ) as w
        inner join mrr_changes as c
            on date_trunc('month', c.day) = w.touched and c.day > w.opens and c.day <= w.closes
    )
select
    month, customer, day as moved_on, day,
    before, after, first_paid, here_before, here_after, first_here
from changes
where $daily
union all
select
    month, customer, null, min(day),
    min_by(before, day), max_by(after, day), min(first_paid),
    min_by(here_before, day), max_by(here_after, day), min(first_here)
from changes
where not $daily
group by month, customer;
