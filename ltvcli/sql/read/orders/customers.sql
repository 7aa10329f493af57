-- What the first row of each customer says, of customers who have orders; every other row is excluded.
create or replace table buyers as select distinct customer from orders where counted;

create or replace table first_rows as
select customer, min(rowid) as record from people where customer is not null group by customer;

create or replace table customer_segments as
select people.customer, people.segment
from people join first_rows on first_rows.record = people.rowid
semi join buyers on buyers.customer = people.customer;

insert into set_aside
select $sheet, people.rowid, case
        when people.customer is null then 'no-customer'
        when people.rowid <> first_rows.record then 'duplicate-customer'
        else 'customer-without-orders'
    end
from people
left join first_rows on first_rows.customer = people.customer
left join buyers on buyers.customer = people.customer
where people.rowid <> first_rows.record or buyers.customer is null;
