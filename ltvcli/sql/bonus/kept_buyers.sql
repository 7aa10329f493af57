-- The same of orders: who was active, as for pay.
with
    answered as (
        select c.customer_key, min(s.day) + $days as day, arg_min(s.score, s.day) as score
        from survey_answers as s
        inner join customers as c on c.customer = s.customer
        group by c.customer_key
        having min(s.day) + $days <= $as_of
    ),
    seen as (
        select
            a.customer_key,
            any_value(a.score) as score,
            coalesce(max(case when o.ordered > o.refunded and o.day <= a.day then o.day end) + $lapse_days
                >= any_value(a.day), false) as kept
        from answered as a
        left join order_sums as o on o.customer_key = a.customer_key
        group by a.customer_key
    )
select
    cast(case when score >= 9 then 2 when score >= 7 then 1 else 0 end as integer) as kind,
    cast(count(*) as bigint) as customers,
    cast(count(*) filter (kept) as bigint) as kept
from seen
group by kind
order by kind;
