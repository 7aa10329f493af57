-- Numbers of matched customers, and of contradictions.
select
    (select cast(count(*) as bigint) from same_by_id) as by_id,
    (select cast(count(*) as bigint) from same_by_email) as by_email,
    (select cast(count(*) as bigint) from order_people) as order_customers,
    (select cast(count(*) as bigint) from customers) as subscription_customers,
    (select cast(count(distinct customer) as bigint) from order_emails) as order_emails,
    (select cast(count(distinct customer) as bigint) from subscription_emails) as subscription_emails,
    (
        select cast(count(distinct orders) + count(distinct subscriptions) as bigint)
        from (
            select
                case when orders not in (select orders from same_by_email) then orders end as orders,
                case
                    when subscriptions not in (select subscriptions from same_by_email) then subscriptions
                end as subscriptions
            from same_email
        ) as unmatched
    ) as unclear,
    (
        select cast(count(*) as bigint)
        from same_by_id
        where
            customer in (select customer from order_emails)
            and customer in (select customer from subscription_emails)
            and customer not in (
                select o.customer
                from order_emails as o
                inner join subscription_emails as s on s.customer = o.customer and s.email = o.email
            )
    ) as contradicting;
