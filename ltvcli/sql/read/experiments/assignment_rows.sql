-- One row per row of the files of assignments. `customer_key` is the id as it can be in the orders; where
-- it cannot be, `customer` is the id as written.
create or replace table experiment_rows as
select
    cast(null as integer) as sheet, cast(null as bigint) as record, customer_key,
    cast(null as text) as customer, cast(null as text) as email, cast(null as date) as day,
    cast(null as text) as segment, cast(null as text) as arm,
    cast(null as text) as reason
from orders
limit 0;

create or replace temp table experiment_spellings (arm text, written text, records bigint);
