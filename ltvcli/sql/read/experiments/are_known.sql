select count(*) > 0 as known
from (select customer_key from experiment_assigned semi join orders using (customer_key) limit 1);
