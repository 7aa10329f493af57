-- Names of arms are understood once per way of writing them, not once per row.
create or replace temp table experiment_names as
select raw, segment_value(raw) as written, arm_key(segment_value(raw)) as arm, records
from (select coalesce(name, '') as raw, count(*) as records from experiment_table group by coalesce(name, ''));

insert into experiment_spellings select arm, written, records from experiment_names;

insert into experiment_rows by name
select
    $sheet as sheet,
    rows_read.* exclude (name, is_number),
    arm,
    case
        when is_no_arm(arm) then 'no-arm'
        when $has_customer and customer is null then 'no-customer'
        when not is_number then 'amount-not-a-number'
    end as reason
from (select rowid as record, * from experiment_table) as rows_read
inner join experiment_names on experiment_names.raw = coalesce(rows_read.name, '');
