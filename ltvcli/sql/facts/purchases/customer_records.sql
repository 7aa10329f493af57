-- Customers counted by record.
select
    frequency,
    span_step,
    silence_step,
    cast(count(*) as bigint) as customers,
    cast(sum(span) as bigint) as span_days,
    cast(sum(span + silence) as bigint) as age_days,
    cast(sum(case when revenue > 0 then revenue else 0 end) as double) as spend
from standing
group by 1, 2, 3
order by 1, 2, 3;
