-- Totals over all rows, exact; `last_gap_days` sets the newest order day apart from the one before.
select
    (select cast(count(*) as bigint) from customers) as groups,
    (select cast(count(*) as bigint) from customers where orders > 0) as customers,
    (select cast(sum(orders) as bigint) from customers) as orders,
    (select sum(amount) from orders) as net_revenue,
    (select min(first) from customers where orders > 0) as first,
    (select max(revenue) from customers) as largest_customer_revenue,
    (
        select (select max(last) from customers) - max(day)
        from orders
        where counted and day < (select max(last) from customers)
    ) as last_gap_days;
