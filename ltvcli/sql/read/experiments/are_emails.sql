select coalesce(bool_or(contains(coalesce(customer, text_of(customer_key)), '@')), false) as emails
from experiment_rows;
