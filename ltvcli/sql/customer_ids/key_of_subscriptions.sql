-- What only those know who have the subscriptions: sums over all of them, in any order, to make a key from.
select
    cast(bit_xor(md5_number(concat_ws('|', customer, start, amount))) as varchar) as mixed,
    cast(sum(cast(hash(customer, amount, start) as hugeint)) as varchar) as added,
    count(*) as periods
from periods;
