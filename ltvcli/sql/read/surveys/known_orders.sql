create or replace temp table survey_known as select distinct customer from orders where counted;
