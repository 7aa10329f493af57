-- Who left from $begin to $end, with what was said about it: the last cancellation up to a month after.
select
    l.left_on >= $middle as is_now,
    cast(l.monthly as varchar) as monthly,
    coalesce(c.said, 'not_said') as said,
    coalesce(c.comment, '') as comment
from leavers as l
left join (
    select
        k.customer,
        arg_max(k.said, (k.day, k.sheet, k.record)) as said,
        arg_max(k.comment, (k.day, k.sheet, k.record)) as comment
    from cancellations as k
    inner join leavers as l on l.customer = k.customer and k.day <= l.left_on + 31
    group by k.customer
) as c on c.customer = l.customer
where l.left_on between $begin and $end
order by l.customer;
