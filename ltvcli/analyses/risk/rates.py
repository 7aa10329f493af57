"""Churn rate by group of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.analyses.risk import groups as grouping
from ltvcli.facts.attributes import Attribute
from ltvcli.results.experiment import Range
from ltvcli.results.risk_record import Group
from ltvcli.stats.inference import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

BLANK, RARE = "(blank)", "(rare)"
LARGE = 1e6
"""Numbers from here on are written whole."""


def groups_of(column: Attribute, left: Bools) -> tuple[Group, ...]:
    """Return the number of churned customers in each group of a column, with Wilson intervals."""
    learned = grouping.learn(column)
    rates = grouping.rates(learned.codes(column), learned.count, left)
    if learned.edges is None:
        names = [*learned.names, RARE, BLANK]
    else:
        names = [
            _span(low, high) for low, high in zip(learned.lows, learned.highs, strict=True)
        ] + [BLANK]
    made = []
    for name, customers, gone in zip(names, rates.customers, rates.left, strict=True):
        if customers:
            low, high = wilson.interval(int(gone), int(customers))
            made.append(
                Group(
                    column=column.name,
                    name=name,
                    customers=int(customers),
                    left=int(gone),
                    rate=Range(value=int(gone) / int(customers), low=low, high=high),
                )
            )
    return tuple(made)


def _span(low: float, high: float) -> str:
    """Write the numbers of a group.

    >>> _span(2.0, 2.0), _span(18.0, 27.0), _span(0.0, 45000.5)
    ('2', '18 – 27', '0 – 45,000.5')
    """
    ends = [f"{end:,.6g}" if abs(end) < LARGE else f"{end:,.0f}" for end in (low, high)]
    return ends[0] if low == high else " – ".join(ends)
