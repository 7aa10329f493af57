"""The saving of declining: declined prospects, by their expected value.

| expected before CAC | CAC still to spend | saved |
| -120                | 40                 | 160   |
| 300                 | 40                 | -260  |
| -50                 | 40                 | 90    |

Avoided loss 250, forgone profit 260, net -10.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.facts.attributes import Attributes, Kind
from ltvcli.results.experiment import Range
from ltvcli.results.risk import Declined, Prospect, Saved
from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.prospects import Scored

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

OWNERS = ("owner", "deal owner", "sales rep", "rep", "担当", "担当者", "営業担当", "所有者")


def owners(attributes: Attributes) -> dict[str, str]:
    """Return who declined each prospect, by its ID; nothing where no column says so."""
    from ltvcli.analyses.risk.prospects import key

    wanted = {key(name) for name in OWNERS}
    column = next((c for c in attributes.columns if key(c.name) in wanted), None)
    if column is None or column.kind is not Kind.LEVEL:
        return {}
    return {
        str(name): column.levels[int(value)]
        for name, value in zip(attributes.customers, column.values, strict=True)
        if value == value  # noqa: PLR0124 - NaN is blank
    }


def declined(scored: Scored, owner_of: Mapping[str, str], customers: int) -> Declined:
    """Sum the saving of declining, in total and by owner.

    Args:
        scored: the prospects who were declined.
        owner_of: who declined each.
        customers: how many past customers there are.
    """
    names = sorted({owner_of.get(row.name, "") for row in scored.prospects})
    by_owner = {
        name: saved(
            [r for r in scored.prospects if owner_of.get(r.name, "") == name], scored, customers
        )
        for name in names
    }
    return Declined(
        total=saved(scored.prospects, scored, customers),
        prospects=scored.prospects,
        owner_of=dict(owner_of),
        by_owner=by_owner if names != [""] else {},
    )


def saved(rows: Sequence[Prospect], scored: Scored, customers: int) -> Saved:
    """Sum the saving of declining some prospects, without those of unknown value.

    Args:
        rows: the prospects.
        scored: with the customers who are like each.
        customers: how many past customers there are.
    """
    known = [row for row in rows if row.expected is not None]

    def total(wanted: Callable[[float], bool], sign: int) -> Range:
        chosen = [row for row in known if row.expected and wanted(row.expected.value)]
        return _sum(chosen, scored, customers, sign)

    return Saved(
        declined=len(rows),
        unknown=len(rows) - len(known),
        alike=sum(row.alike for row in known),
        alike_left=sum(row.alike_left for row in known),
        avoided=total(lambda expected: expected < 0, -1),
        forgone=total(lambda expected: expected >= 0, 1),
        net=total(lambda _: True, -1),
    )


def _sum(rows: Sequence[Prospect], scored: Scored, customers: int, sign: int) -> Range:
    """Sum the expected value of prospects; errors of those with shared neighbours correlate."""
    import numpy as np

    value = sign * sum(row.expected.value for row in rows if row.expected)
    spread = np.zeros(customers)
    for row in rows:
        if row.name in scored.spreads:
            places, parts = scored.spreads[row.name]
            spread[places] += parts
    half = Z_95 * math.sqrt(float((spread**2).sum()))
    return Range(value=float(value), low=value - half, high=value + half)
