"""Orders of many customers are added up in parts, some customers at a time.

Sums by customer and joins with customers take a third of the time where their numbers are places
in an array, which DuckDB has for up to 2^20 numbers: hash tables of more are larger than the caches
of a processor, and with them and the orders memory is full. Each part reads all orders once more,
which is worth it where most numbers are customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

_NUMBERS = 2**20 - 2  # of a part; an array has places for NULL and for what is below too
_BYTES_PER_CUSTOMER = 80  # of the row of one customer


class Engine(Protocol):
    """The engine of ltvcli.engines.duckdb."""

    @property
    def store(self) -> str:
        """Database that holds the tables of large files; empty for small ones."""

    @property
    def memory(self) -> int:
        """Limit of memory, in bytes."""

    def execute(self, sql: str, parameters: Mapping[str, Any] = ...) -> Any:
        """Execute one statement."""

    def run_text(self, sql: str, given: Mapping[str, Any]) -> None:
        """Execute statements, each with the parameters that it names."""


def run(
    engine: Engine, sql: str, parameters: Mapping[str, Any], table: str, *, are_sums: bool
) -> None:
    """Execute statements, for some customers at a time if this is faster.

    Args:
        engine: holds `orders`.
        sql: creates a table with rows of single customers, or with sums that are added up later.
        parameters: values that it names.
        table: that it creates, to which each part adds its rows.
        are_sums: whether its rows are such sums: few, however many customers there are.
    """
    ranges = _ranges(engine, are_sums=are_sums) if engine.store else []
    if len(ranges) <= 1:
        engine.run_text(sql, parameters)
        return
    text = sql
    try:
        for first, last in ranges:
            engine.execute(
                f"create or replace temp view orders as select * from {engine.store}.main.orders "
                f"where customer_key between {first} and {last}"
            )
            engine.run_text(text, parameters)
            text = sql.replace(f"create or replace temp table {table} as", f"insert into {table}")
    finally:
        engine.execute("drop view if exists temp.main.orders")


def _ranges(engine: Engine, *, are_sums: bool) -> list[tuple[int, int]]:
    """Return the first and last number of each part; none if hash tables are as fast."""
    keys = "select min(customer_key), max(customer_key), count(*) from orders"
    ((least, most, rows),) = engine.execute(keys).fetchall()
    if not isinstance(least, int) or len(ranges := parts(least, most, rows)) == 1:
        return []
    customers = _NUMBERS if are_sums else most - least
    if is_tight(engine, customers):
        engine.execute(f"force checkpoint {engine.store}")  # compresses what is stored
        if is_tight(engine, customers):
            return []
    return ranges


def parts(least: int, most: int, rows: int) -> list[tuple[int, int]]:
    """Return the numbers of customers whose orders are added up at a time, as first and last ones.

    >>> parts(1, 2_000_000, 10_000_000)
    [(1, 1048574), (1048575, 2000000)]
    >>> parts(1, 2_000_000_000, 10_000_000)
    [(1, 2000000000)]

    Args:
        least: the least number.
        most: the greatest number.
        rows: of orders.
    """
    if most - least >= rows:
        return [(least, most)]
    starts = range(least, most + 1, _NUMBERS)
    return [(first, min(first + _NUMBERS - 1, most)) for first in starts]


def is_tight(engine: Engine, customers: int) -> bool:
    """Return whether stored tables and rows of so many customers may exceed the memory limit."""
    size = "sum(memory_usage_bytes + temporary_storage_bytes)::bigint"
    ((stored,),) = engine.execute(f"select {size} from duckdb_memory()").fetchall()
    return bool(stored + customers * _BYTES_PER_CUSTOMER > engine.memory)
