-- Answers by group, day and score.
select
    m.grp,
    a.day,
    a.score,
    cast(count(*) as bigint) as answers
from survey_answers as a
inner join trust_members as m on m.customer = a.customer
group by m.grp, a.day, a.score
order by m.grp, a.day, a.score;
