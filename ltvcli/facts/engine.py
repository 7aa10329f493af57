"""The interface of an engine: named SQL queries over the tables that reading fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


def adds_up(engine: Engine, sums: object, total: object) -> bool:
    """Return whether sums of the same rows are equal; in a rehearsal they may be of two tables.

    Args:
        engine: that they come from.
        sums: of parts of the rows.
        total: of all rows.
    """
    return sums == total or bool(getattr(engine, "is_rehearsal", False))


def asks_all(engine: Engine) -> bool:
    """Return whether an engine writes a script, so that its queries must not depend on answers."""
    return bool(getattr(engine, "asks_all", False))


def run_in_parts(
    engine: Engine,
    names: Sequence[str],
    parameters: Mapping[str, Any],
    table: str,
    *,
    are_sums: bool = False,
) -> None:
    """Execute queries over `orders`, for some customers at a time if this is faster.

    Args:
        engine: holds `orders`.
        names: of queries in ltvcli/sql whose rows are of single customers, or are added up later.
        parameters: values that they name.
        table: that the last one creates.
        are_sums: whether its rows are added up later.
    """
    if (in_parts := getattr(engine, "run_in_parts", None)) is not None:
        in_parts(names, parameters, table, are_sums=are_sums)
        return
    for name in names:
        engine.run(name, parameters)


def compute_later(
    engine: Engine,
    parameter: str,
    value: str,
    source: str,
    parameters: Mapping[str, Any] | None = None,
) -> None:
    """Let a script compute the value of a parameter, where the engine writes one.

    Args:
        engine: that is asked.
        parameter: name of the parameter, which queries name from now on.
        value: SQL of its value.
        source: the table that it comes from, or the name of a query in ltvcli/sql.
        parameters: values that these name.
    """
    if (later := getattr(engine, "later", None)) is not None:
        later(parameter, value, source, parameters)


def leaving_a_core(engine: Engine) -> AbstractContextManager[None]:
    """Leave one core to other work in this context, if the engine computes on this machine."""
    leaving: Callable[[], AbstractContextManager[None]]
    leaving = getattr(engine, "leaving_a_core", nullcontext)
    return leaving()


class Engine(Protocol):
    """A database with the tables that read/ has filled.

    `orders`: customer TEXT, customer_key TEXT or BIGINT, day DATE, amount, cost and serve (cost to
    serve) DECIMAL(18,4), counted BOOLEAN, segment TEXT. One row per order (counted), or per refund
    that names no order (not counted, amount below 0). Customers have the same key if they have the
    same id: the key is the ID, or the number in it, which groups and joins faster.

    `customer_segments`, only for questions by segment: customer TEXT, once each, segment TEXT.

    Both segments are the values of all requested columns, in the order requested, joined by
    SEPARATOR; a value that the table does not have is empty. Segments of orders may be keys
    (UTINYINT) of the table `segment_keys`, which has the text of each.
    """

    def run(self, name: str, parameters: Mapping[str, Any] = ...) -> None:
        """Execute `sql/<name>.sql` for its effect."""

    def columns(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and return its columns as arrays."""

    def row(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and return it as Python values."""

    def fill(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
        """Create or replace a temporary table of typed values, by column."""
