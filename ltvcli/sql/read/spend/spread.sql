-- Spend by channel and day. What was spent over several days is spread evenly over them: a day takes
-- the difference of two rounded running sums, so that the days add up to the whole. `spread` is what was
-- spent over days of more than one month: by month it is a guess.
create or replace table spend as
with
    spans as (
        select channel, first, last - first + 1 as days, cast(sum(amount) as decimal(38, 4)) as amount
        from spend_rows
        inner join spend_channel_labels using (channel_label)
        where reason is null
        group by channel, first, last
    ),
    spread as (
        select channel, first, days, amount, unnest(range(days)) as before from spans
    ),
    shares as (
        select
            channel,
            first + cast(before as integer) as day,
            date_trunc('month', first) <> date_trunc('month', first + cast(days - 1 as integer)) as is_spread,
            case
                when before + 1 = days then amount
                else cast(round(cast(amount as double) * (before + 1) / days, 4) as decimal(38, 4))
            end
            - case
                when before = 0 then 0
                else cast(round(cast(amount as double) * before / days, 4) as decimal(38, 4))
            end as amount
        from spread
    )
select
    channel,
    day,
    cast(sum(amount) as decimal(38, 4)) as amount,
    cast(coalesce(sum(case when is_spread then amount end), 0) as decimal(38, 4)) as spread
from shares
group by channel, day;

-- Days of which spend is known, by channel: those of the files that name the channel.
create or replace table spend_known as
with
    covered as (
        select sheet, least(min(first), min(period_first)) as first, greatest(max(last), max(period_last)) as last
        from spend_rows
        where reason is null
        group by sheet
    ),
    named as (
        select distinct sheet, channel
        from spend_rows
        inner join spend_channel_labels using (channel_label)
        where reason is null
    )
select distinct channel, cast(unnest(range(first, last + 1, interval 1 day)) as date) as day
from named
inner join covered using (sheet);
