-- An id of each side to hold against the other.
select
    (select min(coalesce(customer, cast(customer_key as varchar))) from experiment_rows where reason is null)
        as assigned,
    (select min(customer) from orders) as ordered;
