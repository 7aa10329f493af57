-- New customers on days on which spend is known, and those of them (`matched`) on days on which the spend
-- of their own channel is. `acquired_channels` says pair by pair which segment is which channel.
select
    won.month,
    cast(won.segment as integer) as segment,
    cast(sum(won.customers) as bigint) as customers,
    cast(coalesce(sum(case when spend_known.day is not null then won.customers end), 0) as bigint) as matched
from acquired_customers as won
inner join acquired_days on acquired_days.day = won.first
left join acquired_channels as pairs on pairs.segment = won.segment
left join spend_known
    on spend_known.channel = pairs.channel and spend_known.day + cast($lag as integer) = won.first
group by 1, 2
order by 1, 2;
