-- Customers who came back within 12 months (365.2425 days), by cohort and bucket: of those observed for
-- 12 months after the first order, how many placed a second one within them; of those observed for 12
-- months after the second order, how many placed a third one within them. Most customers are known from
-- `customers`: with one or two orders, or with all orders within 12 months and 12 more months observed.
-- Only the orders of the others are read again.
create or replace temp table returns as
select
    orders.customer_key,
    count(case when day = first then 1 end) as first_day_orders,
    count(case when days_between(first, day) < 365.2425 then 1 end) as early_orders,
    min(case when day > first then day end) as next_day,
    min(case when days_between(first, day) >= 365.2425 then day end) as late_day
from orders
inner join customers on customers.customer_key = orders.customer_key
where
    counted
    and customers.orders > 2
    and days_between(first, $as_of) + 1 >= 365.2425
    and not (days_between(first, last) < 365.2425 and days_between(last, $as_of) + 1 >= 365.2425)
group by orders.customer_key;

-- Who placed the second order later than that, and a third one within 12 months of the second.
create or replace temp table late_returns as
select orders.customer_key
from orders
inner join returns on returns.customer_key = orders.customer_key
where counted and early_orders = 1 and day >= late_day and days_between(late_day, day) < 365.2425
group by orders.customer_key
having count(*) > 1;

select
    cohort,
    bucket,
    cast(count(*) as bigint) as observed,
    cast(count(case when days_between(first, second_day) < 365.2425 then 1 end) as bigint) as returned,
    cast(count(case when days_between(second_day, $as_of) + 1 >= 365.2425 then 1 end) as bigint) as observed_second,
    cast(count(case when days_between(second_day, $as_of) + 1 >= 365.2425 and is_third_in_time then 1 end) as bigint)
        as returned_second
from (
    select
        customers.cohort,
        customers.bucket,
        customers.first,
        case
            when customers.orders = 1 then null
            when customers.orders = 2 then customers.last
            when returns.customer_key is null or first_day_orders > 1 then customers.first
            else next_day
        end as second_day,
        case
            when customers.orders < 3 then false
            when returns.customer_key is null or early_orders > 2 then true
            when early_orders = 1 then late_returns.customer_key is not null
            else days_between(case when first_day_orders > 1 then customers.first else next_day end, late_day) < 365.2425
        end as is_third_in_time
    from customers
    left join returns on returns.customer_key = customers.customer_key
    left join late_returns on late_returns.customer_key = customers.customer_key
    where customers.orders > 0 and days_between(customers.first, $as_of) + 1 >= 365.2425
) as seconds
group by cohort, bucket
order by cohort, bucket;
