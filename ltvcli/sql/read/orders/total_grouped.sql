-- What the parts of the orders that are used say, added up without looking at orders.
select coalesce(sum(coalesce(gross, 0) + parts.refunds - minus), 0) as total
from parts join (select * from found anti join late using (sheet, record)) as found using (source, key)
where found.reason is null and (parts.is_refund or parts.sheet = found.sheet);
