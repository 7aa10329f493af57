select coalesce(sum(amount), 0) as total, count(*) filter (counted) as orders,
    count(*) filter (amount <> 0) as not_zero
from orders;
