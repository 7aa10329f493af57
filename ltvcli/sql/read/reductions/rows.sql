-- What a row states as discount and refund, each a positive amount; NULL where it states none.
create or replace table stated_reductions (
    sheet integer, record bigint, discount decimal(18, 4), refund decimal(18, 4), of_lines boolean
);
