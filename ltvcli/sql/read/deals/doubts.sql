-- Deals whose copies disagree, or of which a copy is not won.
select deal, differs, is_lost, commission, least, most
from deal_copies
where differs or is_lost
order by deal;
