-- Customers by months from one bill to the next, of the rows that are used; 0 is less than a month.
select
    cast(round(months + days / 30.436875) as integer) as months,
    cast(count(distinct customer) as bigint) as customers
from subscription_found
anti join subscription_late using (sheet, record)
where reason is null and shape <> 'months'
group by 1
order by customers desc, months;
