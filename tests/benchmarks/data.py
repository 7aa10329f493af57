"""Generated orders: the same rows on every machine, written by DuckDB as fast as it can.

Customers differ as they do in shops: 30% of them place 70% of the orders. Each starts on a day of
their own within the first 700 and orders, ever more rarely, up to day 1,000. Every number comes
from integer arithmetic on the row number, so threads and versions do not matter.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

# A 32-bit mixing function, in 64-bit arithmetic: no two numbers below 2^32 give the same result.
MIX = """
create temp macro scramble(x) as ((x * 2246822519::ubigint) & 4294967295::ubigint);
create temp macro fold(x, bits) as xor(x, x >> bits);
create temp macro mix(i, salt) as
    fold(scramble(fold(scramble(xor(i::ubigint, salt::ubigint)), 15)), 13);
"""

ORDERS = """
copy (
    with
        drawn as (
            select i, mix(i, 11) as who, mix(i, 222) as u, mix(i, 3333) as cents
            from range($rows) as numbers(i)
        ),
        placed as (
            select i, u, 500 + cents % 10000 as cents,
                case when who % 10 < 7 then mix(who, 4) % $often::ubigint
                     else $often::ubigint + mix(who, 5) % $seldom::ubigint
                end as customer
            from drawn
        ),
        dated as (select *, mix(customer, 66) % 700 as start from placed)
    select
        'o' || i as order_id,
        'c' || customer as customer,
        date '2023-01-01' + (start + ((((u * u) >> 32) * (1000 - start)) >> 32))::int as date,
        (cents // 100) || '.' || lpad((cents % 100)::varchar, 2, '0') as total,
        ['web', 'ads', 'mail'][1 + (customer % 3)::bigint] as channel
    from dated
) to '{path}' (header, delimiter ',')
"""


def orders(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` orders by about a tenth as many customers."""
    import duckdb

    path = folder / f"orders-{rows}-{crc32((MIX + ORDERS).encode()):08x}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with duckdb.connect() as connection:
            connection.execute(MIX)
            query = ORDERS.format(path=str(unfinished).replace("'", "''"))
            often = rows * 3 // 100
            connection.execute(query, {"rows": rows, "often": often, "seldom": rows // 10 - often})
        unfinished.rename(path)
    return path
