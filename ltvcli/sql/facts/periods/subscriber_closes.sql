-- Paying customers and MRR at the end of each month, and how many of them no longer pay at the end of the
-- next, as far as the data goes.
with
    stands as (
        select customer, month, sum(amount) as mrr
        from (
            select
                customer,
                amount,
                unnest(
                    generate_series(
                        cast(12 * extract(year from began) + extract(month from began) - 1 as integer),
                        cast(
                            12 * extract(year from least(stop, $as_of + 1))
                            + extract(month from least(stop, $as_of + 1)) - 2 as integer
                        )
                    )
                ) as month
            from (
                select customer, first + cast(from_day as integer) as began, stop, amount from paid
            ) as p
        ) as months
        group by customer, month
    )
select
    customers.segment,
    cast(stands.month as integer) as month,
    customers.bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when later.customer is null then 1 end) as bigint) as gone,
    cast(sum(stands.mrr) as double) as mrr
from stands
inner join customers on customers.customer = stands.customer
left join stands as later on later.customer = stands.customer and later.month = stands.month + 1
group by 1, 2, 3
order by 1, 2, 3;
