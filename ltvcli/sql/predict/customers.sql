-- Every customer with what is expected of them; see predict/worth.sql.
select * from predicted order by customer;
