-- What is left of revenue, for predicted_customers.sql, which takes no parameters.
create or replace temp table worth as select cast($margin as double) as margin;
