-- Reasons that hang on other rows. Of two rows of one subscription that overlap, the one that begins
-- first counts.
create or replace table subscription_late as
select sheet, record, 'other-currency' as reason
from subscription_found
where reason is null and currency <> $currency;

insert into subscription_late
select sheet, record, 'overlap'
from (
    select sheet, record, start,
        max(coalesce(stop, date '9999-12-31')) over (
            partition by source, subscription
            order by start, coalesce(stop, date '9999-12-31') desc, amount desc, sheet, record
            rows between unbounded preceding and 1 preceding
        ) as taken
    from subscription_found anti join subscription_late using (sheet, record)
    where reason is null and shape in ('spans', 'months')
)
where start < taken;

insert into subscription_late
select sheet, record, 'customer-before-new-since'
from subscription_found anti join subscription_late using (sheet, record)
where reason is null and customer in (
    select customer
    from subscription_found anti join subscription_late using (sheet, record)
    where reason is null
    group by customer
    having min(start) < $new_since
);
