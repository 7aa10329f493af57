"""A number for each customer of subscriptions, which groups and sorts faster than the id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import InternalError

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

KEYS = tuple(f"hash(t, {salt})" for salt in range(8))
"""SQL of the number for the ID `t`: hashes of 64 bits, of which one is likely to do."""


def stored(customer: str) -> str:
    """Write the SQL of the number that is stored with each row.

    Args:
        customer: SQL of the ID.
    """
    return KEYS[0].replace("(t,", f"({customer},")


def assume(engine: DuckDB) -> None:
    """Define the macro `key_of_customer` as the key of all rows; it may be that of two customers.

    Whoever counts by it has to prove that it is not, as `ltvcli.pipeline.mrr` does.
    """
    engine.execute(f"create or replace temp macro key_of_customer(t) as {KEYS[0]}")


def define(engine: DuckDB, tables: Sequence[str], keys: Sequence[str] | None = None) -> None:
    """Define the macro `key_of_customer` as the first key that differs for all IDs of the tables.

    There must be as many different keys as ids: then no two IDs have the same. The tables were
    stored with the first key, which is replaced if it is another.

    Args:
        engine: holds the tables, with columns `customer` and `customer_key`.
        tables: their names.
        keys: SQL of the keys to try; by default `KEYS`.

    Raises:
        InternalError: with each of them, two IDs have the same key.
    """
    ids = " union all ".join(
        f"select customer as t from {table} where customer is not null" for table in tables
    )
    keys = keys or KEYS
    for key in keys:
        different = f"select t, {key} as key from ({ids}) group by t"
        query = f"select count(distinct key) = count(*) from ({different})"
        if engine.execute(query).fetchone() == (True,):
            engine.execute(f"create or replace temp macro key_of_customer(t) as {key}")
            for table in tables if key != keys[0] else ():
                engine.execute(f"update {table} set customer_key = key_of_customer(customer)")
            return
    raise InternalError(what="customers do not have different keys")
