-- Paying customers and MRR at the end of each month, or week if $weekly, and how many of them no longer pay at
-- the end of the next, as far as the data goes. The customers are those of one block of $blocks.
with
    stands as (
        select customer, period, sum(yearly) as yearly
        from (
            select
                customer,
                yearly,
                unnest(
                    case
                        when $weekly then generate_series(
                            (began - date '1900-01-01') // 7, (ended - date '1900-01-01') // 7 - 1
                        )
                        else generate_series(
                            cast(12 * extract(year from began) + extract(month from began) - 1 as bigint),
                            cast(12 * extract(year from ended) + extract(month from ended) - 2 as bigint)
                        )
                    end
                ) as period
            from (
                select
                    paid.customer,
                    paid.first + cast(paid.from_day as integer) as began,
                    least(paid.stop, $as_of + 1) as ended,
                    paid.yearly
                from paid
                inner join customers on customers.customer = paid.customer
                where customers.bucket % $blocks = $block
            ) as stretches
        ) as periods
        group by customer, period
    )
select
    customers.segment,
    cast(stands.period as integer) as month,
    customers.bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when later.customer is null then 1 end) as bigint) as gone,
    per_month(sum(stands.yearly)) as mrr
from stands
inner join customers on customers.customer = stands.customer
left join stands as later on later.customer = stands.customer and later.period = stands.period + 1
group by 1, 2, 3
order by 1, 2, 3;
