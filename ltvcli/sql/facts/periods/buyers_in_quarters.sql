-- Who came back in a quarter (4 * year + quarter - 1), each once however many orders: from the months that
-- buyers.sql has just found.
create or replace temp table period_returned as
select number, period, cast(count(is_later) as bigint) as customers
from (
    select number, period, case when latest > first then 1 end as is_later
    from (
        select customer_key, cast(floor(cast(period as double) / 3) as integer) as period, max(latest) as latest
        from period_visits
        group by 1, 2
    ) as by_customer
    inner join period_members using (customer_key)
) as returned
group by 1, 2
having count(is_later) > 0;
