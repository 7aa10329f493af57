-- What is usable, by currency.
select currency, count(*) as orders, count(*) filter (not is_refund) as sales,
    count(*) filter (amount <> 0) as not_zero, count(*) filter (is_refund) as refunds
from found
where reason is null
group by currency
order by orders desc, currency;
