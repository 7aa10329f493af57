select currency, count(*) as rows
from spend_rows
where reason is null and currency is not null
group by currency
order by rows desc, currency;
