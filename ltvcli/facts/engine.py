"""What an engine offers to the facts: named SQL queries over the tables that reading fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


class Engine(Protocol):
    """Where SQL runs, over tables that read/ has filled.

    `orders`: customer TEXT, customer_key TEXT or BIGINT, day DATE, amount, cost and serve (cost to
    serve) DECIMAL(18,4), counted BOOLEAN, segment TEXT. One row per order (counted), or per refund
    that names no order (not counted, amount below 0). Customers have the same key if they have the
    same id: it is the id, or the number in it, which groups and joins faster.

    `customer_segments`, needed only to tell segments apart: customer TEXT, once each, segment TEXT.

    Both segments are the values of all columns asked for, in the order asked and with SEPARATOR
    between; one that the table does not know is empty.
    """

    def run(self, name: str, parameters: Mapping[str, Any] = ...) -> None:
        """Execute `sql/<name>.sql` for its effect."""

    def columns(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and bring its columns home as arrays."""

    def row(self, name: str, parameters: Mapping[str, Any] = ...) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and bring it home as Python values."""
