-- The same of orders: a customer has left $lapse_days after the last order; a month is that of the whole life.
create or replace temp table lives as
select customer, first, last + $lapse_days as last from customers where last is not null;

create or replace temp table leavers as
select
    l.customer,
    l.last as left_on,
    cast(c.revenue / greatest((l.last - l.first) / 30.436875, 1) as decimal(18, 4)) as monthly
from lives as l
inner join customers as c on c.customer = l.customer
where l.last < $as_of;

create or replace temp table payers as
select
    l.customer,
    cast(c.revenue / greatest(($as_of - l.first) / 30.436875, 1) as decimal(18, 4)) as monthly
from lives as l
inner join customers as c on c.customer = l.customer
where l.last >= $as_of;
