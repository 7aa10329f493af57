-- Every row with what it says per month and why it is not used, if it is not. What depends on other
-- rows comes later. A missing customer comes last, so that an amount without a customer would have counted.
-- A view, because to work it out again takes less time than to write it down.
set variable subscriptions_today = cast($today as date);
set variable subscriptions_as_of = cast($as_of as date);
set variable subscriptions_newest = cast($newest as date);

create or replace view subscription_entries as
select * replace (case
        when subscription is not null then subscription
        when shape in ('spans', 'tenure') then customer || chr(31) || sheet || '.' || record
        when plan is not null then customer || chr(31) || plan
        else customer
    end as subscription)
from subscription_records;

create or replace view subscription_rows as
select * exclude (row_reason, problem, leaves),
    coalesce(row_reason, case
        when status = 'never' then 'never-paid'
        when status = 'future' then 'not-started'
        when status = '' then 'unknown-status'
        when problem = 'date-not-a-date' then problem
        when start > getvariable('subscriptions_today') then 'not-started'
        when start > getvariable('subscriptions_as_of') then 'after-as-of'
        when problem is not null then problem
        when months is null or days is null then 'interval-unknown'
        when months = 0 and days = 0 then 'not-recurring'
        when list_yearly is null then 'amount-not-a-number'
        when list_yearly < 0 then 'negative-amount'
        when list_yearly = 0 then 'free'
        when stop < start then 'end-before-start'
        when stop = start then 'ended-same-day'
        when shape = 'months' and status = 'ended' then 'already-ended'
        when shape = 'spans' and status = 'ended' and stop is null then 'end-missing'
        when shape = 'spans' and status <> 'ended' and stop <= getvariable('subscriptions_newest') and not leaves then 'ended-but-active'
        when customer is null then 'no-customer'
    end) as reason
from subscription_entries;

create or replace table subscription_excluded as
select sheet, record, reason, stop, currency, yearly, list_yearly from subscription_rows where reason is not null;

create or replace table subscription_dependent_reasons (sheet integer, record bigint, reason text);
create or replace temp table subscription_replaced (sheet integer, record bigint, replaced_on date);

-- What is not excluded so far.
create or replace view subscription_used as
select * exclude (row_reason, problem, leaves)
from subscription_entries
anti join subscription_excluded using (sheet, record)
anti join subscription_dependent_reasons using (sheet, record);
