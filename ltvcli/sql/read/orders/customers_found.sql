-- How much of a file of customers was used, and an id of each side to hold against the other.
select
    (select count(*) from people) as rows,
    (select count(*) from customer_segments) as used,
    (select count(*) from buyers) as buyers,
    (
        select count(*)
        from (
            select people.customer
            from people semi join customer_segments on customer_segments.customer = people.customer
            group by people.customer
            having min(coalesce(segment, '')) <> max(coalesce(segment, ''))
        )
    ) as differ,
    (select min(customer) from people) as there,
    (select min(customer) from buyers) as here;
