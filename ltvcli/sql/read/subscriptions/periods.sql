create or replace view periods as
select customer_key, customer, subscription, plan, segment, start, "end", asked, paid_to, amount, list_amount, state
from subscription_spans
union all
select customer_key, customer, subscription, plan, segment, start, "end", asked, paid_to, amount, list_amount, state
from subscription_payments;

create or replace table excluded_rows as
select sheet, record, reason from subscription_excluded
union all
select sheet, record, reason from subscription_dependent_reasons;
