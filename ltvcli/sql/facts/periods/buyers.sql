-- Who came back in a period, each once. No period is longer than a month of age, so that a customer has two
-- ages in it at most, the youngest and the oldest; in the period of the first day there is one. For scripts,
-- which cannot number the periods first as visits.sql needs them.
create or replace temp table period_visits as
select customer_key, period, min(day) as earliest, max(day) as latest
from (
    select
        customer_key,
        day,
        case
            when $weekly then cast(floor(cast(days_between(date '1900-01-01', day) as double) / 7) as integer)
            else cast(12 * extract(year from day) + extract(month from day) - 1 as integer)
        end as period
    from orders
    where counted
) as placed
group by customer_key, period;

-- Without a condition on the days, which would be one of the join, the number of a customer is looked up.
create or replace temp table period_buyers as
select number, period, youngest, oldest, cast(count(is_later) as bigint) as customers
from (
    select
        number,
        period,
        cast(floor(cast(greatest(days_between(first, earliest), 0) as double) / 30.436875) as integer) as youngest,
        cast(floor(cast(days_between(first, latest) as double) / 30.436875) as integer) as oldest,
        case when latest > first then 1 end as is_later
    from period_visits
    inner join period_members using (customer_key)
) as returned
group by 1, 2, 3, 4
having count(is_later) > 0;
