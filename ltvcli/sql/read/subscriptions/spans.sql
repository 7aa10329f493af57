-- Stretches of rows that change their state, and of all others.
create or replace table subscription_spans as
select *
from (
    select sheet, record, customer_key, customer, subscription, plan, segment, "from" as start, until as "end", asked,
        case when until is not distinct from ends then period_end end as paid_to,
        yearly, list_yearly, state, true as is_cut
    from subscription_cut
    union all
    select * exclude (status, trial_end), 'paying', false
    from subscription_whole
    where coalesce(status not in ('trial', 'past-due', 'unpaid', 'paused'), true) and trial_end is null
)
where "end" is null or "end" > start;
