create or replace table survey_answers as
select customer, day, score, comment from survey_rows where reason is null;
