-- What only those know who have the orders: sums over all of them, in any order, to make a key from.
select
    cast(bit_xor(md5_number(concat_ws('|', customer, day, amount))) as varchar) as mixed,
    cast(sum(cast(hash(customer, amount, day) as hugeint)) as varchar) as added,
    count(*) as orders
from orders;
