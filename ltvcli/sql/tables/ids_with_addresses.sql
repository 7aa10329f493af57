-- How many ids have several e-mail addresses, of all rows.
select count(*) as ids, count(case when least <> most then 1 end) as several_emails
from (
    select min(lower(trim(email))) as least, max(lower(trim(email))) as most
    from sheet_0
    where email like '%@%'
    group by customer
) as customers_of_rows;
