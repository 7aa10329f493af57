-- Rows that became a stretch, and what all payments add up to.
select
    (select count(*) from subscription_spans where not is_cut)
    + (select count(distinct (sheet, record)) from subscription_spans where is_cut) as rows,
    (select coalesce(sum(yearly), 0) from subscription_payments) as paid;
