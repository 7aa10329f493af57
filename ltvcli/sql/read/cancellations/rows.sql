-- One row per row of the files of cancellations; `reason` says why a row is excluded, `said` is the reason given.
create or replace table cancellation_rows (
    sheet integer, record bigint, customer text, email text, day date, said text, comment text, reason text
);
create or replace temp macro said_key(t) as
    trim(regexp_replace(lower(narrow(coalesce(t, ''))), '[-_/.,:;・\s]+', ' ', 'g'));
