-- Orders of which a sheet has the state that counts, and what they are worth in it and in the next best
-- one; `are_equal` where nothing tells which of the two is later.
select latest.sheet,
    latest.changed is not distinct from next_best.changed and latest.reach is not distinct from next_best.reach
        as are_equal,
    count(*) as orders, sum(latest.worth) as kept, sum(next_best.worth) as replaced
from states as latest join states as next_best using (source, key)
where latest.rank = 1 and next_best.rank = 2 and latest.worth <> next_best.worth
group by 1, 2
order by 1, 2;
