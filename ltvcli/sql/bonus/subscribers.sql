-- Whether the customer of a deal pays on a day of age $days, and the MRR of twelve months on it beside that
-- at the start. The start is the day of signing, or the first day that is paid for if that is later. Age -1
-- is the last day.
with
    paying as (
        select customer, start, coalesce("end", date '9999-12-31') as stop, yearly
        from periods
        where state in ('paying', 'past-due') and yearly > 0
    ),
    begun as (
        select
            d.deal, d.matched,
            coalesce(min(greatest(p.start, d.signed)), d.signed) as begin
        from matched_deals as d
        left join paying as p
            on p.customer = d.matched and p.stop > d.signed and p.stop > p.start and p.start <= $as_of
        where d.matched is not null
        group by d.deal, d.matched, d.signed
    ),
    moments as (
        select deal, matched, begin, days, case when days < 0 then $as_of else begin + days end as day
        from (select *, unnest($days) as days from begun)
    )
select
    m.deal,
    cast(m.days as integer) as days,
    m.day,
    m.day <= $as_of as is_due,
    cast(coalesce(sum(case when p.start <= m.day and p.stop > m.day then p.yearly end), 0) as varchar) as kept,
    cast(coalesce(sum(case when p.start <= m.begin and p.stop > m.begin then p.yearly end), 0) as varchar) as base,
    coalesce(bool_or(p.start <= m.day and p.stop > m.day), false) as active
from moments as m
left join paying as p on p.customer = m.matched
group by m.deal, m.days, m.day
order by m.deal, m.days;
