-- `periods` where no row is a payment: of stretches alone, of which DuckDB knows the state beforehand.
create or replace table subscription_payments (yearly decimal(18, 4));

create or replace view periods as
select customer_key, customer, subscription, plan, segment, start, "end", asked, paid_to, yearly, list_yearly, state
from subscription_spans;
