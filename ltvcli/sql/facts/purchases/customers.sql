-- One row per customer at the end of as_of: purchases after the first, and days from the first
-- to the last (`span`) and since (`silence`), with the steps these fall into, as in facts/purchases/backtest_records.
-- Ranks count the days in two thirds of the time of count(distinct day), and in half of it if keys have no
-- more than eight bytes. So days are numbers of two bytes, which are the same again after 89 years.
-- What is expected of a customer is multiplied by the factors, which early behaviour may change.
create or replace temp table standing as
select
    customer,
    segment,
    cohort,
    frequency,
    span,
    silence,
    revenue,
    cast(1 as double) as orders_factor,
    cast(1 as double) as value_factor,
    case when span < 182 then cast(floor(cast(span as double) / $fine) as integer)
         else cast(cast(182 as double) / $fine + floor(cast(span - 182 as double) / $coarse) as integer) end as span_step,
    case when silence < 182 then cast(floor(cast(silence as double) / $fine) as integer)
         else cast(cast(182 as double) / $fine + floor(cast(silence - 182 as double) / $coarse) as integer) end as silence_step
from (
    select
        customers.customer,
        segment,
        cohort,
        cast(days - 1 as integer) as frequency,
        days_between(first, last) as span,
        days_between(last, $as_of) as silence,
        revenue
    from customers
    inner join (
        select customer_key, max(place) as days
        from (
            select customer_key, dense_rank() over (partition by customer_key order by number) as place
            from (
                select
                    customer_key,
                    cast(days_between(cast('1980-01-01' as date), day) % 32768 as smallint) as number
                from orders
                where counted
            ) as numbered
        ) as ranked
        group by customer_key
    ) as purchases on purchases.customer_key = customers.customer_key
    where customers.orders > 0
) as known;
