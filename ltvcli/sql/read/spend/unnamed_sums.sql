-- Spend of one sheet with and without a campaign.
select coalesce(sum(amount) filter (not is_unnamed), 0) as named,
    sum(amount) filter (is_unnamed) as unnamed
from spend_rows where sheet = $sheet and reason is null;
