-- Customers by segment, by the size of their first purchase in thirds of all, and by weeks since:
-- repeat purchases and their value.
with
    firsts as (
        select
            customer_key,
            segment,
            cast(floor(cast(days_between(first, $as_of) as double) / 7) as integer) as week,
            sum(case when day = first then amount else 0 end) as first_spend,
            count(case when day > first and counted = 1 then 1 end) as repeats,
            sum(case when day > first then amount else 0 end) as repeat_spend
        from purchases
        group by 1, 2, 3
    ),
    running as (
        select
            first_spend,
            sum(customers) over (order by first_spend rows between unbounded preceding and current row) as upto,
            sum(customers) over () as customers
        from (select first_spend, count(*) as customers from firsts group by first_spend) as same
    ),
    limits as (
        select
            min(case when 10000 * upto >= 3333 * customers then first_spend end) as small,
            min(case when 10000 * upto >= 6667 * customers then first_spend end) as large
        from running
    )
select
    segment,
    case when first_spend <= small then 0 when first_spend <= large then 1 else 2 end as size,
    week,
    cast(count(*) as bigint) as customers,
    cast(sum(first_spend) as double) as first_spend,
    cast(max(first_spend) as double) as largest,
    cast(sum(repeats) as bigint) as repeats,
    cast(sum(repeat_spend) as double) as repeat_spend
from firsts
cross join limits
group by 1, 2, 3
order by 1, 2, 3;
