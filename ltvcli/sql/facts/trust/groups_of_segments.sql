-- Each channel is a group; within it there is no mix of channels.
create or replace temp table trust_groups as
select rowid as place, segment as grp, cast(0 as integer) as stratum from customers;
