insert into experiment_rows
select $sheet, record, customer, written, arm, outcome, before, is_blank, case
    when arm in ('', 'nan', 'null') then 'no-arm'
    when $has_customer and customer is null then 'no-customer'
    when outcome is null or ($has_before and before is null) then 'amount-not-a-number'
end
from (
    select rowid as record, *, arm_key(written) as arm from experiment_table
);
