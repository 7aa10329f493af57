-- What was known of each customer at four cut-offs, and what followed until the end of each, and what is
-- known at the end of as_of; in one pass over `purchases`.
create or replace temp table histories as
select
    customer_key,
    first,
    count(case when counted = 1 and day <= $as_of then 1 end) as orders,
    sum(case when day <= $as_of then amount else 0 end) as spend,
    count(case when counted = 1 and day <= $cut1 then 1 end) as orders1,
    max(case when counted = 1 and day <= $cut1 then day end) as last1,
    sum(case when day <= $cut1 then amount else 0 end) as spend1,
    count(case when counted = 1 and day > $cut1 and day <= $end1 then 1 end) as later1,
    sum(case when day > $cut1 and day <= $end1 then amount else 0 end) as later_spend1,
    count(case when counted = 1 and day <= $cut2 then 1 end) as orders2,
    max(case when counted = 1 and day <= $cut2 then day end) as last2,
    sum(case when day <= $cut2 then amount else 0 end) as spend2,
    count(case when counted = 1 and day > $cut2 and day <= $end2 then 1 end) as later2,
    sum(case when day > $cut2 and day <= $end2 then amount else 0 end) as later_spend2,
    count(case when counted = 1 and day <= $cut3 then 1 end) as orders3,
    max(case when counted = 1 and day <= $cut3 then day end) as last3,
    sum(case when day <= $cut3 then amount else 0 end) as spend3,
    count(case when counted = 1 and day > $cut3 and day <= $end3 then 1 end) as later3,
    sum(case when day > $cut3 and day <= $end3 then amount else 0 end) as later_spend3,
    count(case when counted = 1 and day <= $cut4 then 1 end) as orders4,
    max(case when counted = 1 and day <= $cut4 then day end) as last4,
    sum(case when day <= $cut4 then amount else 0 end) as spend4,
    count(case when counted = 1 and day > $cut4 and day <= $end4 then 1 end) as later4,
    sum(case when day > $cut4 and day <= $end4 then amount else 0 end) as later_spend4
from purchases
group by customer_key, first;
