-- Every customer with what is expected of them; see predicted_worth.sql.
select * from predicted order by customer;
