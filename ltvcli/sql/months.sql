-- What brings `yearly` in twelve months, per month. A twelfth is no decimal number: sums come first.
-- The DOUBLE that is nearest to the exact twelfth.
create or replace temp macro per_month(yearly) as cast(yearly * 10000 as hugeint) / 120000;

-- To twelve decimals, as is what a part of a month brings.
create or replace temp macro monthly(yearly) as cast(yearly / 12 as decimal(38, 12));
