-- Who is no customer of the orders by id may be one by e-mail address, of those that one customer alone has.
create or replace temp table clear_emails as
select email, as_key(min(customer)) as customer_key
from emails
group by email
having min(customer) = max(customer);

update experiment_rows set customer_key = clear_emails.customer_key, customer = null
from clear_emails
where
    clear_emails.email = coalesce(
        experiment_rows.email, experiment_rows.customer, cast(experiment_rows.customer_key as varchar)
    )
    and coalesce(experiment_rows.customer_key not in (select customer_key from orders), true);

update experiment_rows set customer = email where customer_key is null and customer is null;
