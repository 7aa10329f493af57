-- The same for orders: active within $lapse_days of an order that brought something, by what is known on the
-- day. `base` is what was ordered from the start until then, `kept` what was not paid back of it.
with
    begun as (
        select d.deal, c.customer_key, greatest(d.signed, c.first) as begin
        from matched_deals as d
        inner join customers as c on c.customer = d.matched
    ),
    moments as (
        select deal, customer_key, begin, days, case when days < 0 then $as_of else begin + days end as day
        from (select *, unnest($days) as days from begun)
    )
select
    m.deal,
    cast(m.days as integer) as days,
    m.day,
    m.day <= $as_of as is_due,
    cast(
        coalesce(sum(case when o.day between m.begin and m.day then o.ordered - o.refunded end), 0) as varchar
    ) as kept,
    cast(coalesce(sum(case when o.day between m.begin and m.day then o.ordered end), 0) as varchar) as base,
    coalesce(max(case when o.ordered > o.refunded and o.day <= m.day then o.day end) + $lapse_days >= m.day, false)
        as active
from moments as m
left join order_sums as o on o.customer_key = m.customer_key
group by m.deal, m.days, m.day
order by m.deal, m.days;
