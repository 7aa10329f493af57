select
    stage,
    cast(count(*) as bigint) as rows
from deal_rows
where reason = 'deal-not-won'
group by stage
order by rows desc, stage
limit 12;
