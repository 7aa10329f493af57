-- Reasons that depend on other rows.
insert into subscription_dependent_reasons
select sheet, record, 'other-currency'
from subscription_used
where currency <> $currency;

-- Rows of one subscription that overlap. `taken` is the day until which earlier rows run:
--   s1 Basic 2026-01-05 -            and   s1 Pro 2026-03-10 -              Pro replaces Basic on 03-10
--   s1 Basic 2026-01-05 - 2026-12-31 and   s1 Pro 2026-03-10 - 2026-06-10   Pro is excluded
-- A row that runs at least as long as those before it replaces them; the others are excluded.
-- Only rows of `subscription_several` can.
create or replace temp table subscription_overlaps as
with
    ordered as (
        select source, subscription, sheet, record, start,
            coalesce(stop, date '9999-12-31') as runs_until,
            max(coalesce(stop, date '9999-12-31')) over (
                partition by source, subscription
                order by start, coalesce(stop, date '9999-12-31') desc, yearly desc, sheet, record
                rows between unbounded preceding and 1 preceding
            ) as taken,
            lag(start) over (
                partition by source, subscription
                order by start, coalesce(stop, date '9999-12-31') desc, yearly desc, sheet, record
            ) as start_before
        from subscription_used
        semi join subscription_several as s on s.hashed = hash(subscription)
        where shape in ('spans', 'months')
    )
select source, subscription, sheet, record, start, runs_until >= taken and start > start_before as replaces
from ordered
where start < taken;

insert into subscription_dependent_reasons
select sheet, record, 'overlap'
from subscription_overlaps
where not replaces;

-- The day on which a row of a subscription is replaced by the next.
create or replace temp table subscription_replaced as
with
    changed as (select distinct source, subscription from subscription_overlaps where replaces),
    followed as (
        select f.sheet, f.record, f.stop,
            lead(f.start) over (partition by f.source, f.subscription order by f.start) as next_start
        from subscription_used as f
        semi join changed as c on c.source = f.source and c.subscription = f.subscription
        where f.shape in ('spans', 'months')
    )
select sheet, record, next_start as replaced_on
from followed
where next_start < coalesce(stop, date '9999-12-31');

insert into subscription_dependent_reasons
select sheet, record, 'customer-before-new-since'
from subscription_used
where customer in (
    select customer
    from subscription_used
    group by customer
    having min(start) < $new_since
);
