-- `periods` that have a day, by the key of the customer, which groups faster than a name does.
create or replace temp view mrr_periods as
select
    customer_key as customer,
    subscription,
    plan,
    start,
    coalesce("end", date '9999-12-31') as stop,
    asked,
    yearly,
    list_yearly,
    state
from periods
where coalesce("end", date '9999-12-31') > start;

-- Which switches of a convention make a difference here at all, and when the data begins.
select
    min(start) as first,
    coalesce(bool_or(asked < stop), false) as churn_date,
    coalesce(bool_or(state = 'trial'), false) as trials,
    coalesce(bool_or(state = 'unpaid'), false) as unpaid,
    coalesce(bool_or(state = 'paused'), false) as paused,
    coalesce(bool_or(state = 'past-due'), false) as late_days,
    coalesce(bool_or(yearly = 0 or list_yearly = 0), false) as free,
    coalesce(bool_or(list_yearly <> yearly), false) as listed
from mrr_periods
where start <= $as_of;
