select currency, count(*) as rows
from subscription_rows
where reason is null
group by currency
order by rows desc, currency;
