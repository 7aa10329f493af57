-- The pads of a keyed hash, for predict/customers_hashed.
create or replace temp table id_pads as
select cast($inner_pad as blob) as inner_pad, cast($outer_pad as blob) as outer_pad;
