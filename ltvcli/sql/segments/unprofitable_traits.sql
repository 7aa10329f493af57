-- Of seasoned customers: how many have something in common, and how many of these are below 0. The
-- first order is all that was bought on the first day; small and large are below and above those of a
-- quarter of customers.
create or replace temp table firsts as
select
    contributions.customer,
    contribution < 0 as minus,
    contributions.orders = 1 as once,
    sum(case when counted and day = first then amount end) as first_order,
    bool_or(not counted or amount <= 0) as refunded
from contributions
inner join orders on orders.customer = contributions.customer
where seasoned
group by 1, 2, 3;

select
    small,
    large,
    cast(count(*) as bigint) as customers,
    cast(count(case when minus then 1 end) as bigint) as minus,
    cast(count(case when once then 1 end) as bigint) as once,
    cast(count(case when once and minus then 1 end) as bigint) as once_minus,
    cast(count(case when refunded then 1 end) as bigint) as refunded,
    cast(count(case when refunded and minus then 1 end) as bigint) as refunded_minus,
    cast(count(case when first_order < small then 1 end) as bigint) as small_first,
    cast(count(case when first_order < small and minus then 1 end) as bigint) as small_first_minus,
    cast(count(case when first_order > large then 1 end) as bigint) as large_first,
    cast(count(case when first_order > large and minus then 1 end) as bigint) as large_first_minus
from firsts
cross join (
    select
        percentile_disc(0.25) within group (order by first_order) as small,
        percentile_disc(0.75) within group (order by first_order) as large
    from firsts
) as quarters
group by small, large;
