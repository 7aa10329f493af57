-- What the first row of each customer says, of customers who have orders; every other row is excluded.
create or replace table active_customers as select distinct customer from orders where counted;

create or replace table first_rows as
select customer, min(rowid) as record from customers_file where customer is not null group by customer;

create or replace table customer_segments as
select customers_file.customer, customers_file.segment
from customers_file join first_rows on first_rows.record = customers_file.rowid
semi join active_customers on active_customers.customer = customers_file.customer;

insert into excluded_rows
select $sheet, customers_file.rowid, case
        when customers_file.customer is null then 'no-customer'
        when customers_file.rowid <> first_rows.record then 'duplicate-customer'
        else 'customer-without-orders'
    end
from customers_file
left join first_rows on first_rows.customer = customers_file.customer
left join active_customers on active_customers.customer = customers_file.customer
where customers_file.rowid <> first_rows.record or active_customers.customer is null;
