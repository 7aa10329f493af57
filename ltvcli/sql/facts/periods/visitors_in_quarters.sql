-- Who came back in a quarter (4 * year + quarter - 1), each once however many orders: from the bits of months
-- that visits.sql found. A quarter is in one block.
create or replace temp table period_returned as
select number, quarter as period, cast(count(*) as bigint) as customers
from period_visits
inner join period_members using (customer_key)
inner join (
    select block, cast(floor(cast(period as double) / 3) as integer) as quarter, sum(even) + sum(odd) as bits
    from period_places
    group by 1, 2
) as quarters
    on quarters.block = period_visits.block and period_visits.seen & cast(quarters.bits as bigint) <> 0
group by 1, 2;
