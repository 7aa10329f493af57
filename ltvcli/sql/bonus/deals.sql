-- Deals, with their customer; money as text, which is exact.
select
    deal,
    owner,
    team,
    channel,
    plan,
    signed,
    coalesce(cast(commission as varchar), '') as commission,
    matched is not null as matched
from matched_deals
order by deal;
