-- Customers with MRR on any day, told apart by their keys.
select cast(coalesce(sum(beginners), 0) as bigint) as customers from mrr_paid;
