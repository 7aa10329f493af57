-- What was ordered in the first 90 days, and paid back of it, by group and month of the first day.
select
    m.grp,
    m.cohort,
    cast(sum(s.refunded) as double) as reduced,
    cast(sum(s.ordered) as double) as gross
from order_sums as s
inner join customers as c on c.customer_key = s.customer_key
inner join trust_members as m on m.customer = c.customer
where s.day >= m.first and s.day <= m.first + 90 and m.first + 90 <= $as_of
group by m.grp, m.cohort
order by m.grp, m.cohort;
