"""Keys of assigned customers: those of the orders, so that both can be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.orders import Numbering

_BITS = 2**30


def are_repeated(engine: DuckDB) -> bool:
    """Return whether a customer has several rows."""
    keys = engine.row("read/experiments/key_range")
    if keys["are_numbers"] and keys["highest"] - keys["lowest"] < _BITS:
        ends = {name: keys[name] for name in ("lowest", "highest")}
        return bool(engine.row("read/experiments/are_numbers_repeated", ends)["repeated"])
    return bool(engine.row("read/experiments/are_repeated")["repeated"])


def define_keys(engine: DuckDB, numbering: Numbering) -> None:
    """Define how an ID becomes the key of a customer of `orders`, and its group of customers.

    Where keys are the numbers in IDs, an ID that is written in another way has none. A customer
    whose key lies outside those of `orders` has no order.
    """
    described = {name: kind for name, kind, *_ in engine.execute("describe orders").fetchall()}
    key, bucket, text, may_have = "tidy_id(t)", "bucket_of(t)", "t", "t is not null"
    if described["customer_key"] != "VARCHAR":
        number = f"try_cast(substr(t, {len(numbering.prefix) + 1}) as bigint)"
        prefix = [f"chr({ord(character)})" for character in numbering.prefix]
        digits = f"{number}::varchar"
        if numbering.width:
            filled = f"greatest({numbering.width}, strlen({digits}))::integer"
            digits = f"lpad({digits}, {filled}, '0')"
        key = f"case when {' || '.join([*prefix, digits])} = t then {number} end"
        bucket, text = "bucket_of_number(t)", "null::text"
        ends = "select min(customer_key), max(customer_key) from orders"
        ((least, most),) = engine.execute(ends).fetchall()
        may_have = f"coalesce(t between {least} and {most}, false)"
    engine.execute(f"create or replace temp macro as_key(t) as {key}")
    engine.execute(f"create or replace temp macro text_of(t) as {text}")
    engine.execute(f"create or replace temp macro may_have_orders(t) as {may_have}")
    engine.execute(
        "create or replace temp macro bucket_of_key(t, customer) as "
        f"case when t is null then bucket_of(customer) else {bucket} end"
    )
