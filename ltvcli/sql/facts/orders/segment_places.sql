-- Where each segment of `segment_sums` comes in the order of facts/orders/segments.sql; `nothing` is known of
-- one without a value.
create or replace temp table segment_places as
select
    segment,
    replace(segment, chr(31), '') = '' as nothing,
    row_number() over (
        order by replace(segment, chr(31), '') = '', orders desc, revenue desc, first, segment
    ) as place
from segment_sums;
