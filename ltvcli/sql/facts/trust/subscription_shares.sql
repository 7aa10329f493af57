-- Of subscriptions begun in the first 90 days: list prices and discounts on them, customers and those of them
-- who were paid back, by group and month of the first day.
select
    m.grp,
    m.cohort,
    cast(count(distinct r.customer) filter (d.refund > 0) as double) as refunded,
    cast(count(distinct r.customer) as double) as refundable,
    per_month(sum(greatest(r.list_yearly - r.yearly, 0))) as discounts,
    per_month(sum(r.list_yearly)) as listed
from subscription_rows as r
inner join trust_members as m on m.customer = r.customer
left join stated_reductions as d on d.sheet = r.sheet and d.record = r.record
where r.reason is null and r.start >= m.first and r.start <= m.first + 90 and m.first + 90 <= $as_of
group by m.grp, m.cohort
order by m.grp, m.cohort;
