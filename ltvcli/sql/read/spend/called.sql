-- What channels are called in the files, the most frequent first.
select called, count(*) as rows
from spend_rows
where reason is null
group by called
order by rows desc, called;
