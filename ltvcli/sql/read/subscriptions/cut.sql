-- Rows that say when a subscription runs, cut into stretches of one state. The state is that of the
-- day of the export: what is past due, unpaid or paused is so since the period billed last began.
create or replace temp table subscription_cut as
with
    used as (
        select *, status is not distinct from 'trial' as in_trial, coalesce(trial_start, start) as trial_from,
            least(replaced_on, case when shape <> 'months' or stop <= $as_of then stop end) as ends
        from subscription_used
        left join subscription_replaced using (sheet, record)
        where shape <> 'payments' and (status in ('trial', 'past-due', 'unpaid', 'paused') or trial_end is not null)
    ),
    tried as (
        select *,
            case when in_trial then ends else least(trial_end, ends) end as trial_to,
            coalesce(in_trial or trial_end > trial_from, false) as has_trial,
            case when has_trial then greatest(start, trial_end) else start end as main_from
        from used
    ),
    cut as (
        select *,
            case when status in ('past-due', 'unpaid', 'paused') then case
                when shape = 'months' then start
                else greatest(main_from, least(ends, coalesce(
                    case when status = 'paused' then paused end, period_start,
                    last_billed(main_from, months, days, $as_of))))
            end end as since
        from tried
    )
select *, start as "from", least(trial_from, ends) as until, 'paying' as state
from cut where has_trial
union all
select *, least(trial_from, coalesce(ends, trial_from)), trial_to, 'trial'
from cut where has_trial
union all
select *, main_from, coalesce(since, ends), 'paying'
from cut where not in_trial
union all
select *, since, ends, status
from cut where since is not null;

-- All other rows are one stretch from the first day to the end.
create or replace view subscription_whole as
select sheet, record, customer_key, customer, subscription, plan, segment, status, trial_end, start,
    least(replaced_on, case when shape <> 'months' or stop <= getvariable('subscriptions_as_of') then stop end) as "end",
    asked, period_end as paid_to, yearly, list_yearly
from subscription_used
left join subscription_replaced using (sheet, record)
where shape <> 'payments';

select count(*) as cut from subscription_cut;
