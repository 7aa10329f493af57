-- `periods` with a number for each customer, which groups faster than a name does.
create or replace temp table mrr_periods as
select
    n.number as customer,
    p.subscription,
    p.plan,
    p.start,
    coalesce(p."end", date '9999-12-31') as stop,
    p.asked,
    p.amount,
    p.list_amount,
    p.state
from periods as p
inner join (
    select customer, row_number() over () as number from (select distinct customer from periods) as d
) as n on n.customer = p.customer
where coalesce(p."end", date '9999-12-31') > p.start and p.start <= $as_of;

-- Which switches of a convention make a difference here at all, and when the data begins.
select
    min(start) as first,
    coalesce(bool_or(asked < stop), false) as churn_date,
    coalesce(bool_or(state = 'trial'), false) as trials,
    coalesce(bool_or(state = 'unpaid'), false) as unpaid,
    coalesce(bool_or(state = 'paused'), false) as paused,
    coalesce(bool_or(state = 'past-due'), false) as late_days,
    coalesce(bool_or(amount = 0 or list_amount = 0), false) as free,
    coalesce(bool_or(list_amount <> amount), false) as listed
from mrr_periods;
