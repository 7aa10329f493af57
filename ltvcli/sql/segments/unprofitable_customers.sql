-- Customers below 0, those who cost the most first.
select customer, segment, observed_months, seasoned, cast(contribution as double) as contribution
from contributions
where contribution < 0
order by contribution, customer;
