-- Subscribers in the order of ids: the first paid day, and how many days later the last one came.
create or replace temp table early_starts as
select
    customer,
    first,
    case when last <= $as_of then last - first end as decided,
    row_number() over (order by customer) - 1 as place
from (
    select customer, min(first) as first, max(last) as last
    from customers
    group by customer
) as lives;
