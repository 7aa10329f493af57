"""Generated exports: the same rows on every machine, written by DuckDB as fast as it can.

Every number comes from integer arithmetic on the row number, so threads and versions do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

# A 32-bit mixing function, in 64-bit arithmetic: no two numbers below 2^32 give the same result.
MIX = """
create temp macro scramble(x) as ((x * 2246822519::ubigint) & 4294967295::ubigint);
create temp macro fold(x, bits) as xor(x, x >> bits);
create temp macro mix(i, salt) as
    fold(scramble(fold(scramble(xor(i::ubigint, salt::ubigint)), 15)), 13);
"""

# Customers differ as they do in shops: 30% of them place 70% of the orders. Each starts on a day of
# their own within the first 700 and orders, ever more rarely, up to day 1,000.
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

# Ten rows are six customers over three years: three have one subscription, one changes plan, one
# leaves and comes back, and one changes plan with another subscription beside it. A change of plan
# is a row of its own that starts on the day the other ends. Yearly prices are whole cents a month.
SUBSCRIPTIONS = """
create temp macro draw(i, salt, below) as ((mix(i, salt) * below::ubigint) >> 32)::int;
copy (
    with
        parts as (
            select i,
                i // 10 * 6 + [0, 1, 2, 3, 3, 4, 4, 5, 5, 5][1 + i % 10] as customer,
                ['only', 'only', 'only', 'before', 'after', 'before', 'again',
                 'before', 'after', 'beside'][1 + i % 10] as part
            from range($rows) as numbers(i)
        ),
        joined as (select *, draw(customer, 11, 1095) as day from parts),
        moved as (select *, day + 1 + draw(customer, 222, 1095 - day) as moved from joined),
        started as (
            select *,
                case part
                    when 'after' then moved
                    when 'again' then moved + draw(customer, 3333, 1096 - moved)
                    when 'beside' then day + draw(customer, 44, 1096 - day)
                    else day
                end as start,
                mix(i, 555) as u
            from moved
        ),
        ended as (
            select *,
                case when part = 'before' then moved
                     else start + 1 + ((((u * u) >> 32) * 900) >> 32)::int
                end as stop,
                draw(i, 66, 3) as plan,
                draw(i, 777, 4) = 0 as yearly,
                1 + draw(i, 88, 5) as seats
            from started
        ),
        priced as (
            select *,
                seats * case when yearly then [19920, 59400, 249000][1 + plan]
                             else [1990, 5950, 24900][1 + plan]
                        end as cents
            from ended
        )
    select
        'cus_' || printf('%08x', mix(customer, 9999)) as customer_id,
        'sub_' || printf('%08x', mix(i - (part = 'after')::int, 1010)) as subscription_id,
        ['starter', 'team', 'business'][1 + plan] as plan,
        date '2023-01-01' + start as start_date,
        case when stop <= 1095 then date '2023-01-01' + stop end as end_date,
        (cents // 100) || '.' || lpad((cents % 100)::varchar, 2, '0') as amount,
        if(yearly, 'year', 'month') as interval,
        'usd' as currency,
        if(stop <= 1095, 'canceled', 'active') as status
    from priced
    order by start desc, i
) to '{path}' (header, delimiter ',')
"""


def orders(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` orders by about a tenth as many customers."""
    often = rows * 3 // 100
    values = {"rows": rows, "often": often, "seldom": rows // 10 - often}
    return _written("orders", ORDERS, values, folder)


def subscriptions(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` subscriptions, newest first."""
    return _written("subscriptions", SUBSCRIPTIONS, {"rows": rows}, folder)


def _written(name: str, sql: str, values: Mapping[str, int], folder: Path) -> Path:
    import duckdb

    path = folder / f"{name}-{values['rows']}-{crc32((MIX + sql).encode()):08x}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with duckdb.connect() as connection:
            connection.execute(MIX)
            query = sql.format(path=str(unfinished).replace("'", "''"))
            connection.execute(query, values)
        unfinished.rename(path)
    return path
