-- Who ordered again within $days after the first answer, and for how much, by score and bucket.
select
    f.score,
    f.bucket,
    cast(count(*) as bigint) as customers,
    cast(sum(coalesce(o.is_kept, 0)) as bigint) as kept,
    cast(sum(coalesce(o.revenue, 0)) as double) as revenue
from trust_first_answers as f
inner join customers as c on c.customer = f.customer
left join (
    select
        orders.customer_key,
        max(case when orders.counted then 1 else 0 end) as is_kept,
        sum(orders.amount) as revenue
    from orders
    inner join customers as k on k.customer_key = orders.customer_key
    inner join trust_first_answers as a on a.customer = k.customer
    where orders.day > a.day and orders.day <= a.day + cast($days as integer)
    group by orders.customer_key
) as o on o.customer_key = c.customer_key
where f.day + cast($days as integer) <= $as_of
group by 1, 2
order by 1, 2;
