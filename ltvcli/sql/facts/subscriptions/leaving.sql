-- Paying customers of whom it is known that they will leave, and their MRR: each subscription they pay
-- for has an end after as_of, or was asked to end.
select cast(count(*) as bigint) as customers, coalesce(per_month(sum(yearly)), 0) as mrr
from (
    select customer, sum(yearly) as yearly
    from periods
    where
        state in ('paying', 'past-due')
        and yearly > 0
        and start <= $as_of
        and coalesce("end", date '9999-12-31') > $as_of
    group by customer
    having bool_and("end" is not null or coalesce(asked <= $as_of, false))
) as leaving;
