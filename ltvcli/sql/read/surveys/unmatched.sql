-- Without an export nothing is matched; a row that names nobody is no answer.
update survey_rows set customer = coalesce(id, email);
update survey_rows set reason = 'no-customer' where reason is null and customer is null;
