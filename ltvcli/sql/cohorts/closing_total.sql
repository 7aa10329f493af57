-- MRR of all subscriptions at the end of $as_of.
select coalesce(sum(amount), 0) as mrr
from periods
where
    state in ('paying', 'past-due')
    and start <= $as_of
    and coalesce("end", date '9999-12-31') > $as_of;
