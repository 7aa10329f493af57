-- Customers by segment, by the size of their first purchase in thirds of all, and by weeks since:
-- repeat purchases and their value.
with
    firsts as (
        select
            customer_key,
            segment,
            cast(floor(($as_of - first) / 7) as integer) as week,
            sum(case when day = first then amount else 0 end) as first_spend,
            count(case when day > first and counted = 1 then 1 end) as repeats,
            sum(case when day > first then amount else 0 end) as repeat_spend
        from purchases
        group by 1, 2, 3
    ),
    limits as (
        select
            percentile_disc(0.3333) within group (order by first_spend) as small,
            percentile_disc(0.6667) within group (order by first_spend) as large
        from firsts
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
