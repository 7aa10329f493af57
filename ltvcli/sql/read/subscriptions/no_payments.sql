-- `subscription_payments` where no row is a payment.
create or replace table subscription_payments as
select key_of_customer(null::text) as customer_key, null::text as customer, null::text as subscription,
    null::text as plan, null::text as segment, null::date as start, null::date as "end", null::date as asked,
    null::date as paid_to, null::decimal(18, 4) as amount, null::decimal(18, 4) as list_amount, 'paying' as state
where false;
