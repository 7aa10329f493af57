-- Orders that were split because their ids lost digits: how many, what all their rows add up to, what counted.
select records.sheet, count(*) as orders, sum(records.amount) as all_rows, sum(records.amount) as counted
from records join all_orders using (sheet, record)
where all_orders.reason is null and contains(key, $separator)
group by records.sheet;
