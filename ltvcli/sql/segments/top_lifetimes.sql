-- As facts/orders/lifetimes.sql, of customers who brought more than `above` in all.
select
    segment,
    bucket,
    $as_of - last > $lapse_days as ended,
    case
        when $as_of - last > $lapse_days then last - first + $lapse_days
        else greatest($as_of - first + 1, 0)
    end as life_days,
    cast(count(*) as bigint) as customers
from customers
where orders > 0 and revenue > $above
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
