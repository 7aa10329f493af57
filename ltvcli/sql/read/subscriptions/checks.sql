-- What would be lost on the way: rows that became no stretch, and payments that were not added.
select
    (select count(*) from subscription_used where shape <> 'payments')
    - (select count(*) from subscription_spans where not is_cut)
    - (select count(distinct (sheet, record)) from subscription_spans where is_cut) as rows,
    (select coalesce(sum(amount), 0) from subscription_used where shape = 'payments')
    - (select coalesce(sum(amount), 0) from subscription_payments) as paid;
