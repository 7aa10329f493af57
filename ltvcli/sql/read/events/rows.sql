-- One row per row of the logs. `id` and `email` are as the row names who did it, `customer` is that of the
-- orders or subscriptions, `event_id` the MD5 of the id of the event, and `reason` says why a row is not used.
create or replace table event_rows (
    sheet integer, record bigint, id text, email text, day date, event text, value double, event_id uhugeint,
    customer text, reason text
);
