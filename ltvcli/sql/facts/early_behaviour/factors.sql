-- What the expected orders and the expected value of customers are multiplied by, after early behaviour.
create or replace temp table early_factors as
select
    unnest(cast($places as bigint[])) as place,
    unnest(cast($orders as double[])) as orders_factor,
    unnest(cast($value as double[])) as value_factor;

update standing
set orders_factor = f.orders_factor, value_factor = f.value_factor
from early_factors as f
inner join early_starts as s on s.place = f.place
where s.customer = standing.customer;
