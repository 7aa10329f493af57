-- Customers by group, so that facts gathered from now on are by group.
update customers
set segment = trust_groups.grp
from trust_groups
where customers.rowid = trust_groups.place;
