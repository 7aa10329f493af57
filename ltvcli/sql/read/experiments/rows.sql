-- One row per row of the files. `arm` is the normalized name of the arm, `written` the name in the row.
create or replace table experiment_rows (
    sheet integer, record bigint, customer text, written text, arm text,
    outcome decimal(18, 4), before decimal(18, 4), is_blank boolean, reason text
);
-- Names that differ in case, width or spaces only are the same arm.
create or replace temp macro arm_key(t) as lower(trim(regexp_replace(narrow(t), '\s+', ' ', 'g')));
