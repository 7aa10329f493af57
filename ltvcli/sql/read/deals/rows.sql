-- One row per row of the files of deals; `reason` says why a row is excluded.
create or replace table deal_rows (
    sheet integer, record bigint, deal text, customer text, email text, owner text, team text, signed date,
    value decimal(18, 4), commission decimal(18, 4), channel text, plan text, stage text, currency text, reason text
);
-- Words that differ in case, width, spaces and punctuation only are the same stage.
create or replace temp macro stage_key(t) as
    trim(regexp_replace(lower(narrow(coalesce(t, ''))), '[-_/.,:;・\s]+', ' ', 'g'));
