-- Orders that several sheets of one system hold: the latest state of each counts. What was updated last
-- is the latest where all say when; else that of the sheet that reaches the furthest day. Of two sheets
-- that reach the same day the lower amount counts. Nothing hangs on the order in which files were given:
-- `sheet_places` ranks them by their contents.
create or replace table states as
with
    sheet_states as (
        select source, key, sheet, max(updated) as updated,
            min(record) as record,
            case when bool_and(row_reason is not null) then 0
                when arg_min(problem, record) is not null or not line and arg_min(reason, record) is not null then 0
                when line then coalesce(sum(amount - minus) filter (row_reason is null), 0)
                else coalesce(arg_min(amount, record) filter (amount >= 0), 0)
                    + coalesce(sum(amount) filter (amount < 0 and row_reason is null), 0)
                    - coalesce(arg_min(minus, record) filter (minus <> 0), 0)
            end as worth,
            count(amount) > 0
                and coalesce(case when line then sum(amount) else min(amount) filter (amount >= 0) end < 0, not line)
                as is_refund
        from records
        where has_order_id and row_reason is distinct from 'duplicate-file'
        group by source, key, sheet, line
    ),
    several as (
        select *, count(*) over (partition by source, key) as sheets,
            count(updated) over (partition by source, key) as dated
        from sheet_states
        where not is_refund
        qualify sheets > 1
    ),
    ranked as (
        select *, case when dated = sheets then updated end as changed
        from several join sheet_places using (sheet)
    )
select source, key, sheet, record, worth, changed, reach,
    row_number() over (partition by source, key order by changed desc nulls last, reach desc nulls last, worth, place)
        as rank
from ranked;

create or replace table earlier_states as select source, key, sheet from states where rank > 1;

-- A refund that names an order, in several sheets with the same day and amount: it was paid once.
create or replace table repeated_refunds as
with
    refunds as (
        select source, key, sheet, record, day, amount, line,
            bool_or(amount >= 0) over (partition by source, key, sheet) as has_sale,
            row_number() over (partition by source, key, sheet, day, amount order by record) as number
        from records anti join earlier_states using (source, key, sheet)
        where has_order_id and row_reason is null
        qualify amount < 0
    )
select sheet, record
from refunds join sheet_places using (sheet)
qualify row_number() over (
    partition by source, key, day, amount, number order by has_sale desc, reach desc nulls last, place
) > 1;
