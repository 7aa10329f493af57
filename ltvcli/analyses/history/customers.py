"""Whether two recorded runs are about the same customers, by the sums that were recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ltvcli.facts.orders import Facts
from ltvcli.facts.subscriptions import Subscriptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

REVISED = 0.1
"""Share by which new customers of the same months may differ, as exports are revised."""


def differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two runs count other customers who began in the same months.

    Only months that had ended in both runs are compared. Exports that begin later are no other
    customers: months before the later of the first ones are left out, too, with that month.

    Args:
        one: facts of a run by kind, as of record.runs.
        other: those of the other run.

    Returns:
        False if they have no facts of one kind, or no such months.
    """
    pairs = [(one[kind], other[kind]) for kind in ("orders", "subscriptions")
             if kind in one and kind in other]  # fmt: skip
    return any(_differ(*pair) for pair in pairs)


def _differ(one: Facts | Subscriptions, other: Facts | Subscriptions) -> bool:
    if not one.customers or not other.customers:
        return False
    first = max(int(facts.observed.cohort.min()) for facts in (one, other))
    last = min(12 * facts.as_of.year + facts.as_of.month - 1 for facts in (one, other))
    if last <= first + 1:
        return False
    a, b = (_by_month(facts, first + 1, last) for facts in (one, other))
    most = max(a.sum(), b.sum())
    return bool(most and np.abs(a - b).sum() > REVISED * most)


def _by_month(facts: Facts | Subscriptions, first: int, end: int) -> NDArray[Any]:
    """Return the new customers of each month from `first` until before `end`."""
    observed = facts.observed
    is_within = (observed.cohort >= first) & (observed.cohort < end)
    return np.bincount(
        observed.cohort[is_within] - first,
        weights=observed.customers[is_within],
        minlength=end - first,
    )
