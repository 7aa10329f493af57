-- Spend by the month of the customers it was for, and by channel; `days` on which it is known.
select
    cast(12 * extract(year from shifted) + extract(month from shifted) - 1 as integer) as month,
    channel,
    cast(count(*) as bigint) as days,
    count(*) = max(extract(day from last_day(shifted))) as complete,
    coalesce(sum(amount), 0) as amount
from (
    select spend_known.channel, spend_known.day + cast($lag as integer) as shifted, spend.amount
    from spend_known
    left join spend on spend.channel = spend_known.channel and spend.day = spend_known.day
) as known
where shifted between $first and $as_of
group by 1, 2
order by 1, 2;
