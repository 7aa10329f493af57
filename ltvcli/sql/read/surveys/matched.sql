-- Who answered: the customer with that id, or else the one customer with that e-mail address.
create or replace temp table survey_emails as
select email, min(customer) as customer, count(distinct customer) as customers
from (
    select email, customer from emails semi join survey_known using (customer)
    union all
    select customer as email, customer from survey_known where contains(customer, '@')
)
group by email;

create or replace table survey_rows as
select r.* replace (
        coalesce(by_id.customer, id_as_email.customer, by_email.customer) as customer,
        coalesce(r.reason, case
            when r.id is null and r.email is null then 'no-customer'
            when coalesce(by_id.customer, id_as_email.customer, by_email.customer) is not null then null
            when r.email in (select email from survey_emails where customers > 1) then 'customer-unclear'
            else 'customer-unknown'
        end) as reason
    )
from survey_rows as r
left join survey_known as by_id on by_id.customer = r.id
left join survey_emails as id_as_email on id_as_email.email = r.id and id_as_email.customers = 1
left join survey_emails as by_email on by_email.email = r.email and by_email.customers = 1;

-- One answer per customer and wave: the last one, of a day the last row.
update survey_rows
set reason = 'earlier-answer'
from (
    select sheet, record
    from (
        select
            sheet,
            record,
            row_number() over (
                partition by customer, date_trunc($span, day) order by day desc, sheet desc, record desc
            ) as place
        from survey_rows
        where reason is null
    )
    where place > 1
) as earlier
where survey_rows.sheet = earlier.sheet and survey_rows.record = earlier.record;
