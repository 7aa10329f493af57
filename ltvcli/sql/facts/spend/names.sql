-- Channels of the spend, and all names under which customers may be known to come from them.
select channel, name
from spend_names
order by channel, name;
