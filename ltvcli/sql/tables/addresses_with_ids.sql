-- How many e-mail addresses have several ids, of all rows.
select count(*) as emails, count(case when least <> most then 1 end) as several_ids
from (
    select min(customer) as least, max(customer) as most
    from sheet_0
    where customer is not null and email like '%@%'
    group by lower(trim(email))
) as addresses;
