-- What would be lost on the way: rows that became no stretch, and payments that were not added.
select
    (select count(*) from subscription_rows anti join excluded_rows using (sheet, record)
        anti join subscription_spans using (sheet, record) where shape <> 'payments') as rows,
    (select coalesce(sum(amount), 0) from subscription_rows anti join excluded_rows using (sheet, record)
        where shape = 'payments')
    - (select coalesce(sum(amount), 0) from subscription_payments) as paid;
