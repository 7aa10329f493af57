-- Stretches where every row is one from its first day to its end, in one state: a view, because computing
-- it again takes less time than storing it. All of them have a day: rows that end on their first day, or before
-- it, are excluded.
create or replace view subscription_spans as
select sheet, record, customer_key, customer, subscription, plan, segment, start, "end", asked,
    period_end as paid_to, yearly, list_yearly, 'paying' as state, false as is_cut
from (
    select *, case when shape = 'months' and stop > getvariable('subscriptions_as_of') then null else stop end as "end"
    from subscription_used
    where shape <> 'payments'
);
