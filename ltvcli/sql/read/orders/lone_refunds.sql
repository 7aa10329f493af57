select sheet, -sum(amount) as refunded
from late join found using (sheet, record)
where late.reason = 'refund-without-order'
group by sheet;
