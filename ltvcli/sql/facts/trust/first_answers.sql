-- The first answer of each customer: its score, and how many days were observed after it.
create or replace temp table trust_first_answers as
select customer, bucket, first, last, day, score
from (
    select
        m.customer,
        m.bucket,
        m.first,
        m.last,
        a.day,
        a.score,
        row_number() over (partition by m.customer order by a.day, a.score) as place
    from survey_answers as a
    inner join trust_members as m on m.customer = a.customer
    where a.day >= m.first
) as ranked
where place = 1;

select
    score,
    cast($as_of - day as bigint) as days,
    cast(count(*) as bigint) as customers
from trust_first_answers
group by 1, 2
order by 1, 2;
