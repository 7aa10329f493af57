-- What the cells add up to, exactly: it must be what the orders add up to.
select sum(revenue) as net_revenue, cast(sum(orders) as bigint) as orders from period_cells;
