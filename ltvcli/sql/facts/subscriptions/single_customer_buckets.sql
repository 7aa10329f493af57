-- With fewer than 100 customers each is a bucket of its own.
update customers
set bucket = ranked.place
from (select customer, cast(row_number() over (order by customer) - 1 as integer) as place from customers) as ranked
where customers.customer = ranked.customer;
