-- What customers paid a month on their first paid day, of those who came after $since, by segment.
select
    segment,
    cast(count(*) as bigint) as customers,
    per_month(sum(yearly)) as mrr,
    cast(sum(cast(yearly as decimal(38, 4)) * yearly) as double) / 144 as mrr_squared
from (
    select c.customer, min(c.segment) as segment, sum(p.yearly) as yearly
    from paid as p
    inner join customers as c on c.customer = p.customer
    where p.from_day = 0 and c.first > $since
    group by c.customer
) as begun
group by 1
order by 1;
