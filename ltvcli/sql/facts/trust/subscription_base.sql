-- Customers who paid on the day of a wave; how many of them answered in the wave, how many have left since,
-- and how many of these had answered. Nothing in it hangs on $lapse.
select
    grp,
    cast(count(*) as bigint) as customers,
    cast(sum(is_answer) as bigint) as answers,
    cast(sum(is_gone) as bigint) as gone,
    cast(sum(is_gone * is_answer) as bigint) as gone_answers
from (
    select
        m.grp,
        case when m.last <= $as_of and $lapse >= 0 then 1 else 0 end as is_gone,
        case when a.customer is null then 0 else 1 end as is_answer
    from trust_members as m
    left join (
        select distinct customer from survey_answers where day >= $first and day <= $until
    ) as a on a.customer = m.customer
    where m.first <= $day and m.last > $day
) as people
group by grp
order by grp;
