create or replace temp table cancellations (
    customer text, day date, said text, comment text, sheet integer, record bigint
);
