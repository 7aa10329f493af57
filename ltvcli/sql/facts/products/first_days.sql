-- The day on which each customer first bought each product, in the order of ids and of products: of orders that
-- count, from the column of products that was asked for.
select c.customer, l.product, min(l.day) as first
from (
    select o.customer_key, o.day, r.segment as product
    from records as r
    inner join order_rows as w on w.sheet = r.sheet and w.record = r.record
    inner join all_orders as o on o.sheet = w.order_sheet and o.record = w.order_record
    left join dependent_reasons as d on d.sheet = o.sheet and d.record = o.record
    where
        w.excluded_for is null
        and not w.folds
        and o.reason is null
        and not o.is_refund
        and d.sheet is null
        and r.segment <> ''
        and o.day <= $as_of
) as l
inner join customers as c on c.customer_key = l.customer_key
group by c.customer, l.product
order by c.customer, l.product;
