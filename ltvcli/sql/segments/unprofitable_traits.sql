-- Mature customers by trait: how many have it, and how many of these are unprofitable. The first order
-- is all that was bought on the first day; small and large are below the first and above the third
-- quartile of first orders.
create or replace temp table firsts as
select
    contributions.customer_key,
    contribution < 0 as unprofitable,
    contributions.orders = 1 as once,
    sum(case when counted and day = first then amount end) as first_order,
    bool_or(not counted or amount <= 0) as refunded
from contributions
inner join orders on orders.customer_key = contributions.customer_key
where seasoned
group by 1, 2, 3;

select
    small,
    large,
    cast(count(*) as bigint) as customers,
    cast(count(case when unprofitable then 1 end) as bigint) as unprofitable,
    cast(count(case when once then 1 end) as bigint) as once,
    cast(count(case when once and unprofitable then 1 end) as bigint) as once_unprofitable,
    cast(count(case when refunded then 1 end) as bigint) as refunded,
    cast(count(case when refunded and unprofitable then 1 end) as bigint) as refunded_unprofitable,
    cast(count(case when first_order < small then 1 end) as bigint) as small_first,
    cast(count(case when first_order < small and unprofitable then 1 end) as bigint) as small_first_unprofitable,
    cast(count(case when first_order > large then 1 end) as bigint) as large_first,
    cast(count(case when first_order > large and unprofitable then 1 end) as bigint) as large_first_unprofitable
from firsts
cross join (
    select
        min(case when 4 * upto >= customers then first_order end) as small,
        min(case when 4 * upto >= 3 * customers then first_order end) as large
    from (
        select
            first_order,
            sum(customers) over (order by first_order rows between unbounded preceding and current row) as upto,
            sum(customers) over () as customers
        from (select first_order, count(*) as customers from firsts group by first_order) as same
    ) as running
) as quarters
group by small, large;
