-- Counted orders that are below zero after their refunds, by sheet.
select sheet, count(*) as orders, -sum(amount) as excess
from all_orders anti join dependent_reasons using (sheet, record)
where reason is null and not is_refund and amount < 0
group by sheet;
