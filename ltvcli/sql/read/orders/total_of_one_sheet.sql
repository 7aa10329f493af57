-- What one sheet says of the orders that are used.
select coalesce(sum(coalesce(gross, 0) + refunds - minus), 0) as total
from sheet_orders
anti join (
    select source, key
    from all_orders left join dependent_reasons using (sheet, record)
    where all_orders.reason is not null or dependent_reasons.reason is not null
) as unused_orders using (source, key);
