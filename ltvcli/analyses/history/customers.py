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


def differ(reported: Mapping[str, Any], newest: Mapping[str, Any]) -> bool:
    """Return whether two runs count other customers who began in the same months.

    Only months that had ended in both runs are compared. Exports that begin later are no other
    customers: months before the later of the first ones are left out, too, with that month.

    Args:
        reported: facts of a run by kind, as of record.runs.
        newest: those of the newest run.

    Returns:
        False if they have no facts of one kind, or no such months.
    """
    kinds = [kind for kind in ("orders", "subscriptions") if kind in reported and kind in newest]
    return any(_differ(reported[kind], newest[kind]) for kind in kinds)


def _differ(reported: Facts | Subscriptions, newest: Facts | Subscriptions) -> bool:
    if not reported.customers or not newest.customers:
        return False
    begin = max(int(facts.observed.cohort.min()) for facts in (reported, newest)) + 1
    end = min(12 * facts.as_of.year + facts.as_of.month - 1 for facts in (reported, newest))
    if end <= begin:
        return False
    counts, newest_counts = (_by_month(facts, begin, end) for facts in (reported, newest))
    most = max(counts.sum(), newest_counts.sum())
    return bool(most and np.abs(counts - newest_counts).sum() > REVISED * most)


def _by_month(facts: Facts | Subscriptions, begin: int, end: int) -> NDArray[Any]:
    """Return the new customers of each month from `begin` until before `end`."""
    observed = facts.observed
    is_within = (observed.cohort >= begin) & (observed.cohort < end)
    return np.bincount(
        observed.cohort[is_within] - begin,
        weights=observed.customers[is_within],
        minlength=end - begin,
    )
