-- Customers by purchases and average value of a purchase, in steps of 1%, up to a cut-off. Customers
-- with a value of 0 or less have no step.
select
    purchases,
    case when spend > 0 then cast(floor(100 * ln(cast(spend as double) / purchases)) as integer) end as step,
    cast(count(*) as bigint) as customers,
    cast(sum(spend) as double) as spend
from (
    select
        customer_key,
        count(case when counted = 1 then 1 end) as purchases,
        sum(amount) as spend
    from purchases
    where day <= $cutoff
    group by customer_key
) as spends
where purchases > 0
group by 1, 2
order by 1, 2;
