-- Movements where a customer is one who pays: `mrr_stretches` without seats, in windows of whole days or
-- months. All that begins and ends is put in order of customers and days, and added up in one pass.
-- What does not end by as_of ends on a day that never comes: so the sum is 0 again after each customer.
--   customer  day    yearly  after          customer  month  before  after
--   1         01-05    10     10            1         01         0     30   new 30
--   1         01-20    20     30
--   1         02-03   -20     10            1         02        30     10   contraction 20
--   1         never   -10      0            2         01         0     50   new 50
-- DuckDB keeps the order of a sorted query in a window without one; `disorder` proves it.
-- A window in that order runs in one thread: so customers with even and with odd keys are added up apart.
create or replace temp macro mrr_moves(remainder, as_of, daily) as table
with
    steps as (
        select
            customer,
            case
                when day > as_of then date '9999-12-31'
                when daily then day
                else day - cast(extract(day from day) - 1 as integer)
            end as day,
            yearly
        from (
            select customer, start as day, yearly from mrr_stretches where yearly <> 0
            union all
            select customer, stop, -yearly from mrr_stretches where yearly <> 0
        ) as ends
        where abs(customer % 2) = remainder
    ),
    running as (
        select
            customer,
            day,
            sum(yearly) over (rows between unbounded preceding and current row) as after,
            lead(customer) over () as next_customer,
            lead(day) over () as next_day
        from (select customer, day, yearly from steps order by customer, day) as sorted
    )
select
    day,
    coalesce(lag(after) over (), 0) as before,
    after,
    lag(customer) over () is distinct from customer as is_first,
    next_customer < customer or (next_customer = customer and next_day < day) as is_disorder
from running
where next_customer is distinct from customer or next_day is distinct from day;

create or replace temp table mrr_paid as
select
    day,
    case
        when before = 0 then case when after > 0 then case when is_first then 'new' else 'reactivation' end end
        when after = 0 then 'churn'
        when after > before then 'expansion'
        else 'contraction'
    end as movement,
    sum(abs(after - before)) as yearly,
    count(*) as customers,
    count(case when is_first then 1 end) as beginners,
    count(case when is_disorder then 1 end) as disorder
from (
    from mrr_moves(0, $as_of, $daily)
    union all
    from mrr_moves(1, $as_of, $daily)
) as moves
where after <> before or is_first or is_disorder
group by 1, 2;

create or replace temp table mrr_flows as
select
    w.month,
    coalesce(sum(case when movement = 'new' then yearly end), 0) as new,
    coalesce(sum(case when movement = 'expansion' then yearly end), 0) as expansion,
    coalesce(sum(case when movement = 'contraction' then yearly end), 0) as contraction,
    coalesce(sum(case when movement = 'churn' then yearly end), 0) as churn,
    coalesce(sum(case when movement = 'reactivation' then yearly end), 0) as reactivation,
    coalesce(sum(case when movement = 'new' then customers end), 0) as customers_new,
    coalesce(sum(case when movement = 'churn' then customers end), 0) as customers_churn,
    coalesce(sum(case when movement = 'reactivation' then customers end), 0)
        as customers_reactivation
from mrr_windows as w
left join mrr_paid as p on p.day > w.opens and p.day <= w.closes
group by w.month;

create or replace temp table mrr_people as
select
    day,
    sum(case
        when movement in ('new', 'reactivation') then customers
        when movement = 'churn' then -customers
        else 0
    end) as customers
from mrr_paid
group by day;

select cast(coalesce(sum(disorder), 0) as bigint) as disorder from mrr_paid;
