-- Subscriptions with rows that may overlap. One row cannot overlap, and two do only if both run when the
-- later one starts: most subscriptions are not put in order at all.
create or replace temp table subscription_several as
select hash(subscription) as hashed
from subscription_used
where shape in ('spans', 'months')
group by hashed
having count(*) > 2 or (count(*) = 2 and max(start) < min(coalesce(stop, date '9999-12-31')));
