"""Attributes of customers: columns of a table with a row per customer, as numbers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Kind(StrEnum):
    """What the cells of a column are."""

    NUMBER = "number"
    LEVEL = "level"
    DAY = "day"


class Attribute(Struct, frozen=True, kw_only=True):
    """A column.

    Attributes:
        name: its header.
        kind: what its cells are.
        values: shape `(n,)`: numbers; of levels their place in `levels`; of days since 1970 or
            NaN. NaN is blank.
        levels: texts, in order of the alphabet; none for numbers and days.
        is_whole: whether all numbers are whole.
    """

    name: str
    kind: Kind
    values: Floats
    levels: tuple[str, ...] = ()
    is_whole: bool = False

    def take(self, rows: Ints | Bools) -> Attribute:
        """Return the same column of fewer customers."""
        return replace(self, values=self.values[rows])


class Attributes(Struct, frozen=True, kw_only=True):
    """A table with a row per customer.

    Attributes:
        customers: IDs, or numbers of records where no column names customers; shape `(n,)`.
        columns: all others, each of the same length.
    """

    customers: NDArray[np.object_]
    columns: tuple[Attribute, ...]

    def __len__(self) -> int:
        """Return the number of customers."""
        return len(self.customers)

    def take(self, rows: Ints | Bools) -> Attributes:
        """Return fewer customers, or the same in another order."""
        columns = tuple(column.take(rows) for column in self.columns)
        return replace(self, customers=self.customers[rows], columns=columns)

    def only(self, names: set[str]) -> Attributes:
        """Return the columns of these names."""
        return replace(self, columns=tuple(c for c in self.columns if c.name in names))
