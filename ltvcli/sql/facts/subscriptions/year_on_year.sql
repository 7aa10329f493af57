-- MRR of the customers who paid at the end of the day `opens`: what it was then and what it is at the
-- end of `closes`, by bucket. `kept` counts nobody for more than then; `gone` pay nothing any more.
with
    standing as (
        select
            customer,
            coalesce(sum(case when began <= $opens and stop > $opens then yearly end), 0) as before,
            coalesce(sum(case when began <= $closes and stop > $closes then yearly end), 0) as after
        from (
            select customer, first + cast(from_day as integer) as began, stop, yearly from paid
        ) as p
        group by customer
    )
select
    bucket,
    per_month(sum(before)) as opening,
    per_month(sum(after)) as closing,
    per_month(sum(least(before, after))) as kept,
    cast(count(*) as bigint) as customers,
    cast(count(case when after = 0 then 1 end) as bigint) as gone
from standing
inner join customers using (customer)
where before > 0
group by bucket
order by bucket
