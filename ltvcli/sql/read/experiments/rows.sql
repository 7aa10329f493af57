-- One row per row of the files. `arm` is the normalized name of the arm; a column outcome_0, outcome_1, ... is added for each outcome.
create or replace table experiment_rows (
    sheet integer, record bigint, customer text, arm text, segment text,
    before decimal(18, 4), is_blank boolean, reason text
);

create or replace temp table experiment_spellings (arm text, written text, records bigint);
