-- How many e-mail addresses have several ids and the reverse, of one in $buckets addresses and ids.
with by_email as (
    select count(*) as emails, count(*) filter (least <> most) as several_ids
    from (
        select min(customer) as least, max(customer) as most
        from emails_of_rows
        where hash(email) % $buckets::ubigint = 0 and customer is not null and contains(email, '@')
        group by tidy_id(email)
    )
), by_id as (
    select count(*) as ids, count(*) filter (least <> most) as several_emails
    from (
        select min(tidy_id(email)) as least, max(tidy_id(email)) as most
        from emails_of_rows
        where hash(customer) % $buckets::ubigint = 0 and contains(email, '@')
        group by customer
    )
)
select * from by_email, by_id;
