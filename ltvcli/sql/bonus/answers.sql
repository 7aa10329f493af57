-- The customers of each owner, and the last answer of each.
select
    o.owner,
    cast(count(*) as bigint) as customers,
    cast(count(*) filter (l.score >= 9) as bigint) as promoters,
    cast(count(*) filter (l.score between 7 and 8) as bigint) as passives,
    cast(count(*) filter (l.score <= 6) as bigint) as detractors
from (select distinct owner, matched from matched_deals where matched is not null) as o
left join (
    select customer, arg_max(score, day) as score from survey_answers group by customer
) as l on l.customer = o.matched
group by o.owner
order by o.owner;
