-- As facts/orders/single_customer_buckets.sql does it, if there are fewer than $few customers; else
-- nothing changes. For scripts, which cannot look first; of many customers none is put in order.
create or replace temp table customers as
select
    customers.customer_key,
    customer,
    cast(coalesce(place, bucket) as integer) as bucket,
    first,
    last,
    orders,
    revenue,
    cohort,
    observed_months,
    segment
from customers
left join (
    select members.customer_key, row_number() over (order by members.customer) - 1 as place
    from customers as members
    cross join (select count(*) as groups from customers) as counted
    where groups < $few
) as few on few.customer_key = customers.customer_key;
