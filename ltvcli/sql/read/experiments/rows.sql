-- One row per row of the files. `arm` is what arms are told apart by, `written` how the row writes it.
create or replace table experiment_rows (
    sheet integer, record bigint, customer text, written text, arm text,
    outcome decimal(18, 4), before decimal(18, 4), is_blank boolean, reason text
);
-- Case, width and spaces tell no arms apart.
create or replace temp macro arm_key(t) as lower(trim(regexp_replace(narrow(t), '\s+', ' ', 'g')));
