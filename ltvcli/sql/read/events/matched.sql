-- Who did it: the customer with that id, or else the one customer with that e-mail address.
create or replace temp table event_emails as
select email, min(customer) as customer, count(distinct customer) as customers
from (
    select email, customer from emails semi join customers using (customer)
    union all
    select customer as email, customer from customers where contains(customer, '@')
)
group by email;

create or replace temp table event_people as
select
    people.id,
    people.email,
    coalesce(by_id.customer, id_as_email.customer, by_email.customer) as customer,
    coalesce(id_as_email.customers, by_email.customers, 0) > 1 as is_unclear
from (select distinct id, email from event_rows where reason is null) as people
left join customers as by_id on by_id.customer = people.id
left join event_emails as id_as_email on id_as_email.email = people.id
left join event_emails as by_email on by_email.email = people.email;

update event_people set customer = null
where is_unclear and (id is null or id not in (select customer from customers));

create or replace table event_rows as
select
    r.* replace (
        p.customer as customer,
        coalesce(r.reason, case
            when p.customer is not null then null
            when p.is_unclear then 'customer-unclear'
            else 'customer-unknown'
        end) as reason
    )
from event_rows as r
left join event_people as p
    on r.reason is null and p.id is not distinct from r.id and p.email is not distinct from r.email;

create or replace view events as
select customer, day, event, value from event_rows where reason is null;
