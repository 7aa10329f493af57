-- Rows of spend below zero, by sheet: how many, and the sum without its sign.
select sheet, count(distinct record)::bigint as rows, -sum(amount) as amount
from spend_rows
where reason is null and amount < 0
group by sheet
order by sheet
