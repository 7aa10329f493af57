-- Who pays at the end of $as_of, by cohort, and their MRR of twelve months, exact: money as text,
-- which no float rounds.
select
    cohort,
    cast(count(distinct customer) as bigint) as paying,
    cast(sum(yearly) as varchar) as yearly
from paid
inner join customers using (customer)
where stop > $as_of
group by cohort
order by cohort;
