-- Distinct hashes as many as ids prove the ids distinct; fewer prove nothing and cost a grouping.
select count(order_key) = count(distinct hash(source, order_key)) filter (order_key is not null) as yes
from records;
