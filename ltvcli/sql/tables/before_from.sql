-- Customers of the period who ordered before it, with their revenue in the period.
select
    count(distinct case when reason = 'customer-before-from' and not is_refund then customer end) as customers,
    count(case when reason = 'customer-before-from' and not is_refund then 1 end) as orders,
    coalesce(sum(case when reason = 'customer-before-from' then amount end), 0) as revenue,
    count(distinct case when reason is null and not is_refund then customer end) as new_customers
from judged;
