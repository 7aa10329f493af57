-- Who came back in a quarter (4 * year + quarter - 1), each once however many orders: from the months that
-- buyers.sql has just found.
insert into period_returned
select number, period, count(is_later) as customers
from (
    select number, period, case when latest > first then 1 end as is_later
    from (
        select customer_key, cast(floor(period / 3) as integer) as period, max(latest) as latest
        from period_visits
        group by 1, 2
    ) as by_customer
    inner join period_members using (customer_key)
) as returned
group by 1, 2
having count(is_later) > 0;
