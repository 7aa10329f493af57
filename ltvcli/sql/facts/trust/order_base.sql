-- Customers on the day of a wave, who ordered within $lapse days before it; how many of them answered in the
-- wave, how many have not ordered in the last $lapse days, and how many of these had answered.
select
    grp,
    cast(count(*) as bigint) as customers,
    cast(sum(is_answer) as bigint) as answers,
    cast(sum(is_gone) as bigint) as gone,
    cast(sum(is_gone * is_answer) as bigint) as gone_answers
from (
    select
        m.grp,
        case when m.last < $as_of - $lapse then 1 else 0 end as is_gone,
        case when a.customer is null then 0 else 1 end as is_answer
    from trust_members as m
    inner join customers as c on c.customer = m.customer
    inner join (
        select distinct customer_key from orders where counted and day <= $day and day > $day - $lapse
    ) as o on o.customer_key = c.customer_key
    left join (
        select distinct customer from survey_answers where day >= $first and day <= $until
    ) as a on a.customer = m.customer
) as people
group by grp
order by grp;
