-- Orders whose rows disagree: what all their rows add up to, and what of that was counted.
select
    count(*) as orders,
    count(case when customers_differ = 1 then 1 end) as customers,
    count(case when days_differ = 1 then 1 end) as days,
    count(case when amounts_differ = 1 then 1 end) as amounts,
    coalesce(sum(money_of_rows), 0) as all_rows,
    coalesce(sum(gross), 0) as counted
from all_orders
where first_reason is null and (customers_differ = 1 or days_differ = 1 or amounts_differ = 1);
