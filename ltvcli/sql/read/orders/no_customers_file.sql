-- Without a file of customers, nothing more is known of any.
create or replace table customer_segments (customer text, segment text);
