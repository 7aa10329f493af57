-- Every row with what it says per month and why it is not used, if it is not. What hangs on other rows
-- comes later. A missing customer comes last, so that an amount without a customer would have counted.
create or replace table subscription_found as
with
    lengths as (
        select * replace (
                case when months is null and period_end > start then months_between(start, period_end) else months end
                    as months,
                case when days is null and period_end > start then 0 else days end as days
            )
        from subscription_records
    ),
    monthly as (
        select *,
            try((gross / length)::decimal(18, 4)) as list_amount,
            try((greatest(net, 0) / length)::decimal(18, 4)) as amount
        from (
            select *, nullif(case when months > 0 then months else days / 30.436875 end, 0) as length from lengths
        )
    )
select sheet, record, source, shape, customer, plan, currency, standing, start, stop, asked, trial_start, trial_end,
    period_start, period_end, paused, months, days, amount, list_amount,
    case
        when subscription is not null then subscription
        when shape in ('spans', 'tenure') then customer || chr(31) || sheet || '.' || record
        when plan is not null then customer || chr(31) || plan
        else customer
    end as subscription,
    coalesce(lone, case
        when standing = 'never' then 'never-paid'
        when standing = 'future' then 'not-started'
        when standing = '' then 'unknown-status'
        when problem = 'date-not-a-date' then problem
        when start > $today then 'not-started'
        when start > $as_of then 'after-as-of'
        when problem is not null then problem
        when months is null or days is null then 'interval-unknown'
        when months = 0 and days = 0 then 'not-recurring'
        when list_amount is null then 'amount-not-a-number'
        when list_amount < 0 then 'negative-amount'
        when list_amount = 0 then 'free'
        when stop < start then 'end-before-start'
        when stop = start then 'ended-same-day'
        when shape = 'months' and standing = 'ended' then 'already-ended'
        when shape = 'spans' and standing = 'ended' and stop is null then 'end-missing'
        when shape = 'spans' and standing <> 'ended' and stop <= $newest and not leaves then 'ended-but-active'
        when customer is null then 'no-customer'
    end) as reason
from monthly;
