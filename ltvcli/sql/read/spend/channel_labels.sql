-- What channels are called in the files, the most frequent first.
select channel_label, count(*) as rows
from spend_rows
where reason is null
group by channel_label
order by rows desc, channel_label;
