-- Purchases after gaps of $short to $long days (`after` is "gap"), after longer ones ("silence"), and
-- first ones ("start"): sums of the logs of their values and of those of the purchases before
-- them, and, of those that are $watched days ago or more, how many were followed by another one in these days.
with
    ordered as (
        select
            first = day as is_first,
            day,
            ln(cast(amount as double)) as value,
            ln(cast(lag(amount) over each_customer as double)) as earlier,
            days_between(lag(day) over each_customer, day) as gap,
            days_between(day, lead(day) over each_customer) as wait
        from purchases
        where counted = 1 and amount > 0
        window each_customer as (partition by customer_key order by day)
    ),
    kinds as (
        select
            case when is_first then 'start' when gap > $long then 'silence' else 'gap' end as after,
            value,
            coalesce(earlier, 0) as earlier,
            case when days_between(day, $as_of) >= $watched then 1 else 0 end as is_watched,
            case when wait <= $watched then 1 else 0 end as is_followed
        from ordered
        where is_first or gap >= $short
    )
select
    after,
    cast(count(*) as bigint) as purchases,
    cast(sum(is_watched) as bigint) as watched,
    cast(sum(is_watched * is_followed) as bigint) as followed,
    cast(sum(cast(value as decimal(18, 9))) as double) as value,
    cast(sum(cast(earlier as decimal(18, 9))) as double) as earlier,
    cast(sum(cast(value * value as decimal(18, 9))) as double) as value_squares,
    cast(sum(cast(earlier * earlier as decimal(18, 9))) as double) as earlier_squares,
    cast(sum(cast(value * earlier as decimal(18, 9))) as double) as products
from kinds
group by 1
order by 1;
