-- Recurring money of rows that are excluded although it is not certain that nobody pays it: by sheet.
-- A row that ended before as_of no longer counts in any case.
select
    sheet,
    cast(count(*) as bigint) as rows,
    per_month(sum(abs(list_yearly))) as amount,
    string_agg(distinct reason, ', ' order by reason) as reasons
from (
    select sheet, stop, list_yearly, reason from subscription_excluded
    union all
    select f.sheet, f.stop, f.list_yearly, l.reason
    from subscription_rows as f
    inner join subscription_dependent_reasons as l using (sheet, record)
)
where reason in ('overlap', 'negative-amount', 'ended-but-active', 'end-missing')
    and list_yearly <> 0 and (stop is null or stop > $as_of or reason = 'ended-but-active')
group by sheet;
