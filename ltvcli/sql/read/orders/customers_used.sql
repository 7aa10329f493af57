-- How much of a file of customers was used, and an id of each side to hold against the other.
select
    (select count(*) from customers_file) as rows,
    (select count(*) from customer_segments) as used,
    (select count(*) from active_customers) as active_customers,
    (
        select count(*)
        from (
            select customers_file.customer
            from customers_file semi join customer_segments on customer_segments.customer = customers_file.customer
            group by customers_file.customer
            having min(coalesce(segment, '')) <> max(coalesce(segment, ''))
        )
    ) as differ,
    (select min(customer) from customers_file) as example_in_file,
    (select min(customer) from active_customers) as example_in_orders;
