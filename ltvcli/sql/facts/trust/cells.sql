-- New customers by group, channel, month of the first day and bucket: how many of those observed for 90 days
-- were kept and what they brought; and what those observed to the horizon brought after these days. Money is
-- added up as decimals, so that the sums do not depend on the order in which threads finish.
select
    grp,
    stratum,
    cohort,
    bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when first + 90 <= $as_of then 1 end) as bigint) as seen,
    cast(sum(case when first + 90 <= $as_of then is_kept else 0 end) as bigint) as kept,
    cast(sum(case when first + 90 <= $as_of then early else 0 end) as double) as early,
    cast(count(case when first + $days <= $as_of + 1 and is_kept = 1 then 1 end) as bigint) as old_kept,
    cast(count(case when first + $days <= $as_of + 1 and is_kept = 0 then 1 end) as bigint) as old_gone,
    cast(sum(case when first + $days <= $as_of + 1 and is_kept = 1 then later else 0 end) as double) as later_kept,
    cast(sum(case when first + $days <= $as_of + 1 and is_kept = 0 then later else 0 end) as double) as later_gone
from trust_members
group by grp, stratum, cohort, bucket
order by grp, stratum, cohort, bucket;
