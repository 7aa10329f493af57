-- What was ordered in the first 90 days, what was paid back of it, and what was given as discount, by group and
-- month of the first day.
select
    m.grp,
    m.cohort,
    cast(sum(s.refunded) as double) as refunded,
    cast(sum(s.ordered) as double) as refundable,
    cast(sum(coalesce(d.discount, 0)) as double) as discounts,
    cast(sum(s.ordered + coalesce(d.discount, 0)) as double) as listed
from order_sums as s
inner join trust_members as m on m.customer_key = s.customer_key
left join stated_reductions as d on d.sheet = s.sheet and d.record = s.record
-- A plain condition on the days would be one of the join, which takes longer.
where m.first + 90 <= $as_of and s.day - m.first between 0 and 90
group by m.grp, m.cohort
order by m.grp, m.cohort;
