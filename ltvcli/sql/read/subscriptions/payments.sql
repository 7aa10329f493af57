-- Payments of one subscription, one after another. A payment covers its period, or one interval. If the
-- next comes no later than a grace after that (half the period, at least 7 and at most 30 days), the
-- subscription ran on until then; else it ended with the period. The last one ended too, if the grace is
-- over or if the row says that it ended. Payments of one day are added up.
create or replace table subscription_paid as
select source, subscription, start, min(customer) as customer, min(plan) as plan, min(segment) as segment,
    max(case when period_end > start then period_end else next_billed(start, months, days) end) as covered,
    sum(yearly)::decimal(18, 4) as yearly, sum(list_yearly)::decimal(18, 4) as list_yearly,
    bool_or(status = 'ended') as is_ended
from subscription_used
where shape = 'payments'
group by source, subscription, start;

create or replace table subscription_payments as
select key_of_customer(customer) as customer_key, customer, subscription, plan, segment, start,
    case
        when follows is not null then case when follows <= covered + grace then follows else covered end
        when is_ended or covered + grace < $as_of then covered
    end as "end",
    null::date as asked, case when follows is null then covered end as paid_to,
    yearly, list_yearly, 'paying' as state
from (
    select *, lead(start) over (partition by source, subscription order by start) as follows,
        least(greatest(ceil((covered - start) / 2)::int, 7), 30) as grace
    from subscription_paid
);

create or replace view periods as
select customer_key, customer, subscription, plan, segment, start, "end", asked, paid_to, yearly, list_yearly, state
from subscription_spans
union all
select customer_key, customer, subscription, plan, segment, start, "end", asked, paid_to, yearly, list_yearly, state
from subscription_payments;
