-- Each row, and whether it only repeats the row before it, which is of the same order.
create or replace view compared_records as
select *,
    coalesce(
        record = lag(record) over () + 1
        and key = lag(key) over ()
        and (customer_key is null or customer_key = lag(customer_key) over ())
        and (day is null or day = lag(day) over ())
        and (amount is null or amount = lag(amount) over ())
        and (currency is null or currency = lag(currency) over ())
        and (reason is null or reason = lag(reason) over ())
        and row_reason is null
        and lag(row_reason) over () is null
        and coalesce(lag(amount) over () >= 0, true),
        false
    ) as is_repeated,
    lag(amount) over () as amount_before
from records;
