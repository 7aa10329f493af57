select currency, count(*) as rows
from subscription_used
group by currency
order by rows desc, currency;
