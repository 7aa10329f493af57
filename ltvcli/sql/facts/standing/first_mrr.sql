-- What customers paid a month on their first paid day, of those who came after $since, by segment.
select
    segment,
    cast(count(*) as bigint) as customers,
    cast(sum(mrr) as double) as mrr,
    cast(sum(cast(mrr as decimal(18, 4)) * cast(mrr as decimal(18, 4))) as double) as mrr_squared
from (
    select c.customer, min(c.segment) as segment, sum(p.amount) as mrr
    from paid as p
    inner join customers as c on c.customer = p.customer
    where p.from_day = 0 and c.first > $since
    group by c.customer
) as begun
group by 1
order by 1;
