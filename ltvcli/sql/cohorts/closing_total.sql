-- MRR of twelve months of all subscriptions at the end of $as_of.
select coalesce(sum(yearly), 0) as yearly
from periods
where
    state in ('paying', 'past-due')
    and start <= $as_of
    and coalesce("end", date '9999-12-31') > $as_of;
