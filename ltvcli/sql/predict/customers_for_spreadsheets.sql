-- Every customer with what is expected of them, with ids that are safe in a spreadsheet. as_cell is a
-- function of Python, so only ids that may need it are handed to it.
select * replace (
    case when regexp_full_match(customer, '[0-9A-Za-z_][ -~]*') then customer
         else as_cell(customer) end as customer
)
from predicted order by predicted.customer;
