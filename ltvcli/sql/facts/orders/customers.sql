-- One row per customer of `orders`. Age counts from the first counted order; someone with refunds
-- only has none (`observed_months` 0, `orders` 0) and keeps the totals right without being a customer.
-- `bucket` comes from md5, which is the same on every engine and in every version; `segment` is 0
-- until facts/orders/segments.sql assigns segments. `customer` is the text of `customer_key`, which
-- may be the number that follows $prefix in it, padded with zeros to $width digits.
create or replace temp table customers as
with
    lifetimes as (
        select
            customer_key,
            min(case when counted then day end) as first_order,
            max(case when counted then day end) as last_order,
            min(day) as first_row,
            count(case when counted then 1 end) as orders,
            sum(amount) as revenue
        from orders
        group by customer_key
    ),
    named as (
        select
            *,
            $prefix || case
                when length(cast(customer_key as varchar)) < $width
                then lpad(cast(customer_key as varchar), $width, '0')
                else cast(customer_key as varchar)
            end as customer
        from lifetimes
    )
select
    customer_key,
    customer,
    cast(md5_bits(customer, 32) % 100 as integer) as bucket,
    coalesce(first_order, first_row) as first,
    last_order as last,
    cast(orders as bigint) as orders,
    revenue,
    cast(
        12 * extract(year from coalesce(first_order, first_row))
        + extract(month from coalesce(first_order, first_row)) - 1
        as integer
    ) as cohort,
    case
        when first_order is null or first_order > $as_of then 0
        else cast(floor(cast(days_between(first_order, $as_of) + 1 as double) / 30.436875) as integer)
    end as observed_months,
    cast(0 as integer) as segment
from named;
