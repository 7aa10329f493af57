-- Rows without a customer that have an e-mail address, whether they count or not.
select count(*) as rows from emails_of_rows where customer is null and contains(email, '@');
