-- Rows that two sheets have in common: the same channel, days and amount.
with
    used as (
        select sheet, channel, first, last, amount, count(*) as rows
        from spend_rows
        inner join spend_called using (called)
        where reason is null and amount <> 0
        group by sheet, channel, first, last, amount
    ),
    sizes as (
        select sheet, sum(rows) as rows from used group by sheet
    ),
    common as (
        select one.sheet, other.sheet as other, sum(least(one.rows, other.rows)) as rows
        from used as one
        inner join used as other
            on other.sheet > one.sheet and other.channel = one.channel
            and other.first = one.first and other.last = one.last and other.amount = one.amount
        group by one.sheet, other.sheet
    )
select common.sheet, common.other, cast(common.rows as bigint) as rows
from common
inner join sizes as one on one.sheet = common.sheet
inner join sizes as two on two.sheet = common.other
where common.rows >= 5 and 2 * common.rows >= least(one.rows, two.rows)
order by common.sheet, common.other
limit 1;
