-- Purchases after gaps of $short to $long days (`after` is "gap"), after longer ones ("silence"), and
-- first ones ("start"): sums of the logs of their values and of those of the purchases before
-- them, and, of those that are $watched days ago or more, how many were followed by another one in these days.
with
    ordered as (
        select
            first,
            day,
            cast(amount as double) as paid,
            cast(lag(amount) over (partition by customer_key order by day) as double) as paid_before,
            lag(day) over (partition by customer_key order by day) as day_before,
            lead(day) over (partition by customer_key order by day) as day_after
        from purchases
        where counted = 1 and amount > 0
    ),
    measured as (
        select
            case when first = day then 1 else 0 end as is_first,
            days_between(day_before, day) as gap,
            ln(paid) as value,
            case when paid_before is null then 0 else ln(paid_before) end as earlier,
            case when days_between(day, $as_of) >= $watched then 1 else 0 end as is_watched,
            case when days_between(day, day_after) <= $watched then 1 else 0 end as is_followed
        from ordered
    ),
    kinds as (
        select
            case when is_first = 1 then 'start' when gap > $long then 'silence' else 'gap' end as after,
            value,
            earlier,
            is_watched,
            is_watched * is_followed as is_followed
        from measured
        where is_first = 1 or gap >= $short
    )
select
    after,
    cast(count(*) as bigint) as purchases,
    cast(sum(is_watched) as bigint) as watched,
    cast(sum(is_followed) as bigint) as followed,
    cast(sum(cast(cast(value as double) as decimal(18, 9))) as double) as value,
    cast(sum(cast(cast(earlier as double) as decimal(18, 9))) as double) as earlier,
    cast(sum(cast(cast(value * value as double) as decimal(18, 9))) as double) as value_squares,
    cast(sum(cast(cast(earlier * earlier as double) as decimal(18, 9))) as double) as earlier_squares,
    cast(sum(cast(cast(value * earlier as double) as decimal(18, 9))) as double) as products
from kinds
group by 1
order by 1;
