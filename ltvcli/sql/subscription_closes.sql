-- Paying customers and MRR at the end of each of some days, and how many of these customers no longer
-- pay at the end of the next of them, by bucket.
with
    closes as (select unnest($days) as day, unnest($next_days) as next_day),
    there as (
        select d.day, p.customer, sum(p.amount) as mrr
        from paid as p
        inner join closes as d on p.first + cast(p.from_day as integer) <= d.day and p.stop > d.day
        group by 1, 2
    )
select
    a.day,
    c.bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when b.customer is null then 1 end) as bigint) as gone,
    cast(sum(a.mrr) as double) as mrr
from there as a
inner join closes as d on d.day = a.day
inner join customers as c on c.customer = a.customer
left join there as b on b.customer = a.customer and b.day = d.next_day
group by 1, 2
order by 1, 2;
