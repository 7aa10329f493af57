-- What became of the orders: rows by reason, and what is left.
select
    coalesce(reason, '') as reason,
    sum(all_rows) as all_rows,
    sum(folds) as folds,
    count(case when not is_refund then 1 end) as orders,
    count(case when amount <> 0 then 1 end) as not_zero,
    coalesce(sum(amount), 0) as total,
    count(case when not is_refund and amount < 0 then 1 end) as overrefunded,
    coalesce(sum(case when not is_refund and amount < 0 then amount end), 0) as excess,
    count(case when not is_refund and serve is null then 1 end) as unserved
from judged
group by coalesce(reason, '');
