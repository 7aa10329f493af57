-- Who left from $begin to $end, with what was said about it: the last cancellation up to a month after. One
-- without a comment is shown without one, whatever was written before.
select
    l.left_on >= $middle as is_now,
    cast(l.monthly as varchar) as monthly,
    coalesce(c.answer.said, 'not_said') as said,
    coalesce(c.answer.comment, '') as comment
from leavers as l
left join (
    select
        k.customer,
        arg_max({'said': k.said, 'comment': k.comment}, (k.day, k.sheet, k.record)) as answer
    from cancellations as k
    inner join leavers as l on l.customer = k.customer and k.day <= l.left_on + 31
    group by k.customer
) as c on c.customer = l.customer
where l.left_on between $begin and $end
order by l.customer;
