-- Who of those paying on the day of the first answer still pays $days later, and what they paid in between,
-- by score and bucket.
select
    f.score,
    f.bucket,
    cast(count(*) as bigint) as customers,
    cast(sum(case when f.last > f.day + cast($days as integer) then 1 else 0 end) as bigint) as kept,
    cast(sum(cast(coalesce(p.revenue, 0) as decimal(28, 9))) as double) as revenue
from trust_first_answers as f
left join (
    select
        paid.customer,
        sum(
            paid.yearly
            * greatest(
                least(paid.to_day, a.day - a.first + 1 + cast($days as integer))
                - greatest(paid.from_day, a.day - a.first + 1),
                0
            )
        ) / (12 * 30.436875) as revenue
    from paid
    inner join trust_first_answers as a on a.customer = paid.customer
    group by paid.customer
) as p on p.customer = f.customer
where f.day + cast($days as integer) <= $as_of and f.last > f.day
group by 1, 2
order by 1, 2;
