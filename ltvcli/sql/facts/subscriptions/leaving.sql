-- Paying customers of whom it is known that they will leave, and their MRR: each subscription they pay
-- for has an end after as_of, or was asked to end.
select cast(count(*) as bigint) as customers, coalesce(cast(sum(mrr) as double), 0) as mrr
from (
    select customer, sum(amount) as mrr
    from periods
    where
        state in ('paying', 'past-due')
        and amount > 0
        and start <= $as_of
        and coalesce("end", date '9999-12-31') > $as_of
    group by customer
    having bool_and("end" is not null or coalesce(asked <= $as_of, false))
) as leaving;
