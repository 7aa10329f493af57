-- One row per customer of `customer_sums`. Age counts from the first counted order; someone with refunds
-- only has none (`observed_months` 0, `orders` 0) and keeps the totals right without being a customer.
-- `bucket` comes from md5, which is the same on every engine and in every version; `segment` is that of
-- the sums until facts/orders/segments.sql assigns segments. `customer` is the text of `customer_key`, which
-- may be the number that follows $prefix in it, padded with zeros to $width digits.
create or replace temp table customers as
with
    refunded as (
        select customer_key, min(day) as first_refund
        from orders
        where not counted
        group by customer_key
    ),
    named as (
        select
            customer_sums.customer_key,
            first_order,
            coalesce(first_order, first_refund) as first,
            last_order,
            orders,
            revenue,
            segment,
            $prefix || case
                when length(cast(customer_sums.customer_key as varchar)) < $width
                then lpad(cast(customer_sums.customer_key as varchar), $width, '0')
                else cast(customer_sums.customer_key as varchar)
            end as customer
        from customer_sums
        left join refunded on refunded.customer_key = customer_sums.customer_key
    )
select
    customer_key,
    customer,
    cast(md5_bits(customer, 32) % 100 as integer) as bucket,
    first,
    last_order as last,
    cast(orders as bigint) as orders,
    revenue,
    cast(12 * extract(year from first) + extract(month from first) - 1 as integer) as cohort,
    case
        when first_order is null or first_order > $as_of then 0
        else cast(floor(cast(days_between(first_order, $as_of) + 1 as double) / 30.436875) as integer)
    end as observed_months,
    segment
from named;

drop table customer_sums;
