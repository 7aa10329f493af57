select
    (select coalesce(sum(amount), 0) from spend_rows where reason is null)
    - (select coalesce(sum(amount), 0) from spend) as lost;
