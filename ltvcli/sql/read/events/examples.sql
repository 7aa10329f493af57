-- How customers are named on both sides, for a message.
select
    (select min(coalesce(id, email)) from event_rows where reason = 'customer-unknown') as named,
    (select min(customer) from customers) as known,
    (select min(email) from event_emails) as email;
