-- No order can be in several sheets.
create or replace table earlier_states as select source, key, sheet from records where false;
create or replace table repeated_refunds (sheet integer, record bigint);
