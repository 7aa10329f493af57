-- Rows that are used, by months from one bill to the next, as in read/subscriptions/billed.sql.
select
    case when shape <> 'months' then cast(round(months + days / 30.436875) as integer) end as months,
    cast(count(*) as bigint) as rows
from subscription_used
group by 1
order by 1;
