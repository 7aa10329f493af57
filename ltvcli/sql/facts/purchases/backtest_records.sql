-- Customers known at cut-off `slot`, counted by record: days from first to last purchase (`span`)
-- and from there to the cut-off (`silence`) in steps of `fine` days, of `coarse` days past half a year. Sums are of
-- decimals, so that the order of rows has no effect.
select
    orders - 1 as frequency,
    case when span < 182 then cast(floor(cast(span as double) / $fine) as integer)
         else cast(cast(182 as double) / $fine + floor(cast(span - 182 as double) / $coarse) as integer) end as span_step,
    case when silence < 182 then cast(floor(cast(silence as double) / $fine) as integer)
         else cast(cast(182 as double) / $fine + floor(cast(silence - 182 as double) / $coarse) as integer) end as silence_step,
    later,
    cast(count(*) as bigint) as customers,
    cast(sum(span) as bigint) as span_days,
    cast(sum(span + silence) as bigint) as age_days,
    cast(sum(spend) as double) as spend,
    cast(sum(later_spend) as double) as later_spend,
    cast(sum(cast(later_spend as decimal(19, 4)) * cast(later_spend as decimal(18, 4))) as double) as later_squares
from (
    select
        case $slot when 1 then orders1 when 2 then orders2 when 3 then orders3 else orders4 end as orders,
        days_between(first, case $slot when 1 then last1 when 2 then last2 when 3 then last3 else last4 end) as span,
        days_between(case $slot when 1 then last1 when 2 then last2 when 3 then last3 else last4 end, $cutoff) as silence,
        case $slot when 1 then spend1 when 2 then spend2 when 3 then spend3 else spend4 end as spend,
        case $slot when 1 then later1 when 2 then later2 when 3 then later3 else later4 end as later,
        case $slot when 1 then later_spend1 when 2 then later_spend2 when 3 then later_spend3
            else later_spend4 end as later_spend
    from histories
    where first <= $cutoff
) as known
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
