-- Customers today, with their records as in facts/purchases/customer_records.
select
    s.place,
    frequency,
    span_step,
    silence_step,
    cast(case when revenue > 0 then revenue else 0 end as double) as spend
from standing
inner join early_starts as s on s.customer = standing.customer
order by s.place;
