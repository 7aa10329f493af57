-- The last answer of each customer who pays now, and what that customer pays a month. An answer without a
-- comment is shown without one, whatever the customer wrote before.
select
    cast(a.answer.score as integer) as score,
    cast(p.monthly as varchar) as monthly,
    coalesce(a.answer.comment, '') as comment
from (
    select customer, arg_max({'score': score, 'comment': comment}, day) as answer
    from survey_answers
    group by customer
) as a
inner join payers as p on p.customer = a.customer
order by a.customer;
