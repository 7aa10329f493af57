"""Group customers by a column: by level, by value, or by deciles of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.facts.attributes import Attribute, Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FEW = 10
"""A column of so many different numbers has a group for each."""
TENTHS = 10
RARE = 30
"""Levels of fewer customers are pooled."""
MOST_LEVELS = 20
PRIOR = 20.0
"""Customers at the usual rate that are added to each group: rates of few customers are pulled in.

Source: the m-estimate of Cestnik (1990), ECAI 1990, 147-149.
"""


class Groups(Struct, frozen=True, kw_only=True):
    """The grouping of a column, learned from customers.

    Groups are numbered: those of numbers by size, then the blank one; those of levels by text, then
    the rare ones, then the blank one.

    Attributes:
        edges: lower ends of all groups of numbers but the first; None for levels.
        lows: least number of each group of numbers that was seen.
        highs: largest number of each.
        group_of: group of each level; empty for numbers.
        names: of the groups of levels that are not rare.
    """

    edges: Floats | None
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    group_of: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of groups, including rare levels and blanks."""
        return len(self.names) + 2 if self.edges is None else len(self.edges) + 2

    def codes(self, column: Attribute) -> Ints:
        """Return the group of each customer, shape `(n,)`; levels are those that were learned."""
        import numpy as np

        blank = np.isnan(column.values)
        if self.edges is not None:
            codes = np.searchsorted(self.edges, column.values, side="right")
        else:
            known = np.array([*self.group_of, len(self.names)], dtype=np.int64)
            place = np.where(blank, len(self.group_of), column.values).astype(np.int64)
            codes = known[np.minimum(place, len(self.group_of))]
        return np.where(blank, self.count - 1, codes).astype(np.int64)


def learn(column: Attribute) -> Groups:
    """Learn the groups of a column."""
    import numpy as np

    known = column.values[~np.isnan(column.values)]
    if column.kind is Kind.LEVEL:
        counts = np.bincount(known.astype(np.int64), minlength=len(column.levels))
        common = sorted(range(len(counts)), key=lambda level: (-counts[level], level))
        kept = sorted(level for level in common[:MOST_LEVELS] if counts[level] >= RARE)
        number = {level: place for place, level in enumerate(kept)}
        return Groups(
            edges=None,
            group_of=tuple(number.get(level, len(kept)) for level in range(len(counts))),
            names=tuple(column.levels[level] for level in kept),
        )
    distinct = np.unique(known)
    if len(distinct) <= FEW:
        starts = distinct[1:]
        edges = (distinct[:-1] + starts) / 2
    else:
        shares = np.arange(1, TENTHS) / TENTHS
        edges = np.unique(np.quantile(known, shares, method="higher"))
        edges = edges[edges > distinct[0]]
    codes = np.searchsorted(edges, known, side="right")
    groups = [known[codes == code] for code in range(len(edges) + 1)]
    return Groups(
        edges=edges,
        lows=tuple(float(group.min()) if len(group) else np.nan for group in groups),
        highs=tuple(float(group.max()) if len(group) else np.nan for group in groups),
    )


class Rates(Struct, frozen=True, kw_only=True):
    """How many of each group left.

    Attributes:
        customers: of each group, shape `(groups,)`.
        left: of these, shape `(groups,)`.
        chance: their share, pulled towards the usual rate, shape `(groups,)`.
        loss: mean Brier score of the customers it was trained on, each left out in turn.
    """

    customers: Ints
    left: Ints
    chance: Floats
    loss: float


def rates(codes: Ints, count: int, left: Bools) -> Rates:
    """Count how many of each group left.

    Args:
        codes: group of each customer, shape `(n,)`.
        count: number of groups.
        left: whether each left, shape `(n,)`.
    """
    import numpy as np

    base = float(left.mean())
    customers = np.bincount(codes, minlength=count)
    gone = np.bincount(codes, weights=left, minlength=count)
    without = (gone[codes] - left + PRIOR * base) / (customers[codes] - 1 + PRIOR)
    return Rates(
        customers=customers,
        left=gone.astype(np.int64),
        chance=(gone + PRIOR * base) / (customers + PRIOR),
        loss=float(((without - left) ** 2).mean()),
    )
