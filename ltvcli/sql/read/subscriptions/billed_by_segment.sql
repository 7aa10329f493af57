-- Customers of each segment by months from one bill to the next, of the rows that are used.
select
    c.segment,
    cast(round(r.months + r.days / 30.436875) as integer) as months,
    cast(count(distinct r.customer) as bigint) as customers
from subscription_used as r
inner join customers as c on c.customer = r.customer
where r.shape <> 'months' and r.months is not null
group by 1, 2
order by 1, 3 desc, 2;
