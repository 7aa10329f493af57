-- In which periods of $block each customer had a counted order after the first day: the sum of their bits in
-- period_days, which has the days of the block. A period has a bit for each parity of ages: none is longer
-- than a month of age, so that a customer has two ages in it at most, one after the other.
create or replace temp table period_visits as
select block, customer_key, seen
from period_visits
union all
select cast($block as integer) as block, customer_key, seen
from (
    select customer_key, bit_or(case when is_later then case when age_month % 2 = 0 then even else odd end end) as seen
    from (
        select
            customer_key,
            even,
            odd,
            counted and day > first as is_later,
            cast(floor(cast(days_between(first, day) as double) / 30.436875) as integer) as age_month
        from orders
        inner join period_members using (customer_key)
        inner join period_days using (day)
    ) as aged
    -- Grouped by this number alone, each customer has a place in an array.
    group by customer_key
) as visits
where seen is not null;
