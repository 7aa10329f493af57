-- Customers by purchases and average value of a purchase, in steps of 1%, up to cut-off `slot`, or to the
-- end of as_of if it is 0. Customers with a value of 0 or less have no step.
select
    purchases,
    case when spend > 0 then cast(floor(100 * ln(cast(spend as double) / purchases)) as integer) end as step,
    cast(count(*) as bigint) as customers,
    cast(sum(spend) as double) as spend
from (
    select
        case $slot when 1 then orders1 when 2 then orders2 when 3 then orders3 when 4 then orders4
            else orders end as purchases,
        case $slot when 1 then spend1 when 2 then spend2 when 3 then spend3 when 4 then spend4
            else spend end as spend
    from histories
) as spends
where purchases > 0
group by 1, 2
order by 1, 2;
