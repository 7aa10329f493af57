-- What the sheets say of the orders that are used, added up without looking at orders.
select coalesce(sum(coalesce(gross, 0) + sheet_orders.refunds - minus), 0) as total
from sheet_orders
join (select * from all_orders anti join dependent_reasons using (sheet, record)) as all_orders using (source, key)
where all_orders.reason is null and (sheet_orders.is_refund or sheet_orders.sheet = all_orders.sheet);
