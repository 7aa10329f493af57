-- Orders that were split because their ids lost digits: how many, what all their rows add up to, what counted.
select sheet, count(*) as orders, sum(all_rows) as all_rows, sum(coalesce(gross, 0)) as counted
from sheet_orders
where reason is null and contains(key, $separator)
group by sheet;
