-- One row per row of the files. `id` and `email` are as the row names who answered, `customer` is that of
-- the orders or subscriptions, and `reason` says why a row is no answer.
create or replace table survey_rows (
    sheet integer, record bigint, id text, email text, day date, score integer, comment text,
    customer text, reason text
);
