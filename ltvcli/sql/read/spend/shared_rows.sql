-- Rows that two sheets have in common: the same channel, days and amount.
with
    used as (
        select sheet, channel, first, last, amount, count(*) as rows
        from spend_rows
        inner join spend_channel_labels using (channel_label)
        where reason is null and amount <> 0
        group by sheet, channel, first, last, amount
    ),
    sizes as (
        select sheet, sum(rows) as rows from used group by sheet
    ),
    common as (
        select a.sheet as first_sheet, b.sheet as second_sheet, sum(least(a.rows, b.rows)) as rows
        from used as a
        inner join used as b
            on b.sheet > a.sheet and b.channel = a.channel
            and b.first = a.first and b.last = a.last and b.amount = a.amount
        group by a.sheet, b.sheet
    )
select common.first_sheet, common.second_sheet, cast(common.rows as bigint) as rows
from common
inner join sizes as a on a.sheet = common.first_sheet
inner join sizes as b on b.sheet = common.second_sheet
where common.rows >= 5 and 2 * common.rows >= least(a.rows, b.rows)
order by common.first_sheet, common.second_sheet
limit 1;
