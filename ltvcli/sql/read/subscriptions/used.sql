-- Rows that are used by sheet and currency, and what the payments among them add up to.
select
    sheet, currency, cast(count(*) as bigint) as rows,
    cast(count(case when shape = 'payments' then 1 end) as bigint) as payments,
    coalesce(sum(case when shape = 'payments' then yearly end), 0) as paid
from subscription_used
group by sheet, currency
order by sheet, currency;
