-- Customers who stand alike, by segment; steps as in histories_cells.
select
    segment,
    frequency,
    case when span < 182 then cast(floor(span / $fine) as integer)
         else cast(182 / $fine + floor((span - 182) / $coarse) as integer) end as span_step,
    case when silence < 182 then cast(floor(silence / $fine) as integer)
         else cast(182 / $fine + floor((silence - 182) / $coarse) as integer) end as silence_step,
    cast(count(*) as bigint) as customers,
    cast(sum(span) as bigint) as span_days,
    cast(sum(span + silence) as bigint) as age_days,
    cast(sum(revenue) as double) as spend
from standing
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
