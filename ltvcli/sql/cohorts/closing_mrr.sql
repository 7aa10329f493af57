-- Who pays at the end of $as_of, by cohort, and their MRR, exact: money as text, which no float rounds.
select
    cohort,
    cast(count(distinct customer) as bigint) as paying,
    cast(sum(amount) as varchar) as mrr
from paid
inner join customers using (customer)
where stop > $as_of
group by cohort
order by cohort;
