-- Customers who no longer pay: the day they left, and what they paid a month until then. `payers` are those
-- who pay now.
create or replace temp table leaver_stretches as
select customer, start, coalesce("end", date '9999-12-31') as stop, yearly
from periods
where
    state in ('paying', 'past-due')
    and yearly > 0
    and start <= $as_of
    and coalesce("end", date '9999-12-31') > start;

create or replace temp table leavers as
select
    s.customer,
    e.left_on,
    monthly(sum(s.yearly)) as monthly
from leaver_stretches as s
inner join (
    select customer, max(stop) as left_on from leaver_stretches group by customer having max(stop) <= $as_of
) as e on e.customer = s.customer and s.stop = e.left_on
group by s.customer, e.left_on;

create or replace temp table payers as
select customer, monthly(sum(yearly)) as monthly
from leaver_stretches
where stop > $as_of
group by customer;

create or replace temp table lives as
select customer, min(start) as first, max(stop) as last from leaver_stretches group by customer;
