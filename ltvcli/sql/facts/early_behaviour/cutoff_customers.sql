-- Customers known at cut-off `slot`, with their records in steps as in facts/purchases/backtest_records, and
-- what followed.
select
    place,
    orders - 1 as frequency,
    case when span < 182 then cast(floor(span / $fine) as integer)
         else cast(182 / $fine + floor((span - 182) / $coarse) as integer) end as span_step,
    case when silence < 182 then cast(floor(silence / $fine) as integer)
         else cast(182 / $fine + floor((silence - 182) / $coarse) as integer) end as silence_step,
    cast(spend as double) as spend,
    cast(later as bigint) as later,
    cast(later_spend as double) as later_spend
from (
    select
        s.place,
        case $slot when 1 then orders1 when 2 then orders2 when 3 then orders3 else orders4 end as orders,
        case $slot when 1 then last1 when 2 then last2 when 3 then last3 else last4 end - h.first as span,
        $cutoff - case $slot when 1 then last1 when 2 then last2 when 3 then last3 else last4 end as silence,
        case $slot when 1 then spend1 when 2 then spend2 when 3 then spend3 else spend4 end as spend,
        case $slot when 1 then later1 when 2 then later2 when 3 then later3 else later4 end as later,
        case $slot when 1 then later_spend1 when 2 then later_spend2 when 3 then later_spend3
            else later_spend4 end as later_spend
    from histories as h
    inner join customers as c on c.customer_key = h.customer_key
    inner join early_starts as s on s.customer = c.customer
    where h.first <= $cutoff
) as known
order by place;
