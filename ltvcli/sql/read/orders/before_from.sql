-- Customers of the period who ordered before it, with their revenue in the period.
select count(distinct customer) filter (not is_refund) as customers,
    count(*) filter (not is_refund) as orders,
    coalesce(sum(amount), 0) as revenue,
    (select count(distinct customer) from orders where counted) as new_customers
from all_orders join dependent_reasons using (sheet, record)
where dependent_reasons.reason = 'customer-before-from';
