-- How customers are named on both sides, for a message.
select
    (select min(coalesce(id, email)) from survey_rows where reason = 'customer-unknown') as answered,
    (select min(customer) from survey_known) as known,
    (select min(email) from survey_emails) as email;
