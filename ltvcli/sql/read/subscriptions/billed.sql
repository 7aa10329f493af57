-- Customers and money a month of the rows that are used, by months from one bill to the next: 0 is less
-- than a month, and nothing is known of a row that stands for one month.
select
    case when shape <> 'months' then cast(round(months + days / 30.436875) as integer) end as months,
    cast(count(distinct customer) as bigint) as customers,
    per_month(sum(yearly)) as amount,
    bool_or(shape <> 'tenure') as dated
from subscription_used
group by 1
order by 2 desc, 1;
