-- All customers in one group; channels are the segments.
create or replace temp table trust_groups as
select rowid as place, cast(0 as integer) as grp, segment as stratum from customers;
