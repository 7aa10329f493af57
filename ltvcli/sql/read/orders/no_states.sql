-- No order can be in several sheets.
create or replace table earlier_states (source text, key text, sheet integer);
create or replace table repeated_refunds (sheet integer, record bigint);
