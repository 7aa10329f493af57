-- Unprofitable customers, largest loss first.
select customer, segment, observed_months, seasoned, cast(contribution as double) as contribution
from contributions
where contribution < 0
order by contribution, customer;
