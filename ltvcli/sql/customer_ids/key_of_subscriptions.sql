-- What only those know who have the subscriptions: sums over all of them, in any order, to make a key from.
-- Amounts are per month, to four decimals, so that hashes are those of earlier versions.
select
    cast(bit_xor(md5_number(concat_ws('|', customer, start, amount))) as varchar) as mixed,
    cast(sum(cast(hash(customer, amount, start) as hugeint)) as varchar) as added,
    count(*) as periods
from (select customer, start, cast(monthly(yearly) as decimal(18, 4)) as amount from periods) as paid;
