-- Customers by their place in `customers`, and by the owner, the team or neither ($role) of their first deal, the largest group first; who has
-- no deal is in the group without a name. The channel is that of the deal, or else the segment.
create or replace temp table trust_deals as
select
    c.rowid as place,
    coalesce(d.grp, '') as name,
    coalesce(nullif(d.channel, ''), '#' || cast(c.segment as varchar)) as channel
from customers as c
left join (
    select
        matched as customer,
        case when $role = 'owner' then owner when $role = 'team' then team else '' end as grp,
        channel,
        row_number() over (partition by matched order by signed, deal) as place
    from matched_deals
    where matched is not null
) as d on d.customer = c.customer and d.place = 1;

create or replace temp table trust_names as
select
    name,
    cast(row_number() over (order by name = '', members desc, name) - 1 as integer) as code
from (select name, count(*) as members from trust_deals group by name) as sizes;

create or replace temp table trust_channels as
select
    channel,
    cast(row_number() over (order by members desc, channel) - 1 as integer) as code
from (select channel, count(*) as members from trust_deals group by channel) as sizes;

create or replace temp table trust_groups as
select d.place, n.code as grp, h.code as stratum
from trust_deals as d
inner join trust_names as n on n.name = d.name
inner join trust_channels as h on h.channel = d.channel;

select name from trust_names order by code;
