-- List prices of subscriptions begun in the first 90 days, and discounts on them, by group and month.
select
    m.grp,
    m.cohort,
    cast(sum(greatest(r.list_amount - r.amount, 0)) as double) as reduced,
    cast(sum(r.list_amount) as double) as gross
from subscription_rows as r
inner join trust_members as m on m.customer = r.customer
where r.reason is null and r.start >= m.first and r.start <= m.first + 90 and m.first + 90 <= $as_of
group by m.grp, m.cohort
order by m.grp, m.cohort;
