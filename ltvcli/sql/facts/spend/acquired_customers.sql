select first, month, segment, customers
from acquired_customers
order by first, month, segment;
