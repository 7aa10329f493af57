select sheet, -sum(amount) as refunded
from dependent_reasons join all_orders using (sheet, record)
where dependent_reasons.reason = 'refund-without-order'
group by sheet;
