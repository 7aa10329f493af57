-- The last answer of each customer who pays now, and what that customer pays a month.
select
    cast(a.score as integer) as score,
    cast(p.monthly as varchar) as monthly,
    coalesce(a.comment, '') as comment
from (
    select customer, arg_max(score, day) as score, arg_max(comment, day) as comment
    from survey_answers
    group by customer
) as a
inner join payers as p on p.customer = a.customer
order by a.customer;
