select
    currency,
    cast(count(*) as bigint) as rows
from deal_rows
where reason is null and currency is not null
group by currency
order by rows desc, currency;
