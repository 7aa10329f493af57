-- Rows that were excluded because a day or an amount cannot be read, and what was spent by them.
select
    sheet,
    cast(count(distinct record) filter (reason is not null) as bigint) as rows,
    cast(coalesce(sum(amount) filter (reason is not null), 0) as double) as amount,
    cast(coalesce(sum(amount) filter (reason is not null) / nullif(sum(amount), 0), 0) as double) as share,
    cast(count(distinct record) filter (reason = 'amount-not-a-number' and amount = 0) as bigint) as unread,
    string_agg(distinct reason, ', ' order by reason) as reasons
from spend_rows
where reason is null or reason in ('date-not-a-date', 'end-before-start', 'amount-not-a-number')
group by sheet
having count(*) filter (reason is not null) > 0
order by sheet;
