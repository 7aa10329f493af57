-- Who still paid $days after the first answer, by its score: 2 promoters, 1 passives, 0 detractors.
with
    answered as (
        select customer, min(day) + $days as day, arg_min(score, day) as score
        from survey_answers
        group by customer
        having min(day) + $days <= $as_of
    ),
    seen as (
        select a.customer, a.day, any_value(a.score) as score, count(p.customer) > 0 as kept
        from answered as a
        left join (
            select customer, start, coalesce("end", date '9999-12-31') as stop
            from periods
            where state in ('paying', 'past-due') and yearly > 0
        ) as p on p.customer = a.customer and p.start <= a.day and p.stop > a.day
        group by a.customer, a.day
    )
select
    cast(case when score >= 9 then 2 when score >= 7 then 1 else 0 end as integer) as kind,
    cast(count(*) as bigint) as customers,
    cast(count(*) filter (kept) as bigint) as kept
from seen
group by kind
order by kind;
