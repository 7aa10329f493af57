-- Orders whose rows disagree, by sheet: what all their rows add up to, and what of that was counted.
select sheet, count(*) as orders, count(*) filter (customers_differ) as customers,
    count(*) filter (days_differ) as days, count(*) filter (amounts_differ) as amounts,
    sum(all_rows) as all_rows, sum(coalesce(gross, 0)) as counted
from sheet_orders
where reason is null and (customers_differ or days_differ or amounts_differ)
group by sheet;
