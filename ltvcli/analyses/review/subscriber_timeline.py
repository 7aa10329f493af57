"""Sums of any months of subscribers by segment, age and jackknife sample."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review.pooled import added
from ltvcli.analyses.review.timeline import samples
from ltvcli.formulas.periods import Period
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.subscriber_periods import SubscriberPeriods

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

KEYS = {
    "starts": ("segment", "month"),
    "spans": ("segment", "month", "age_month"),
    "closes": ("segment", "month"),
}


class SubscriberSums(Struct, frozen=True, kw_only=True):
    """Sums of one period, of segments `(S, R)` or of segments and ages `(S, A, R)`.

    Samples are those of `timeline.Sums`. `exposed` `(A,)` are subscribers at an age within a month,
    of several months those of the largest. `exposure` and `at_risk` are months of life, the latter
    with the day of leaving. `customers` pay at the end of the period and bring `mrr`; `opening`
    paid at the beginning of each month, and `gone` of these no longer at its end. Costs are not
    known.
    """

    new: Floats
    exposed: Ints
    exposure: Floats
    at_risk: Floats
    leavers: Floats
    revenue: Floats
    customers: Floats
    mrr: Floats
    opening: Floats
    gone: Floats
    cost: Floats
    costed_revenue: Floats


class SubscriberTimeline:
    """The facts about subscribers by month, laid out to be added up over whole periods.

    Args:
        facts: about subscribers by month.
        rows: of each code in `facts.segments` the row it is added to.
    """

    def __init__(self, facts: SubscriberPeriods, rows: Sequence[int]) -> None:
        self.facts = facts
        self._row = np.array(rows, dtype=np.int64)
        self.segments = int(self._row.max(initial=0)) + 1
        self.ages = int((facts.as_of - facts.first).days // DAYS_PER_MONTH) + 1

    def without_samples(self) -> SubscriberTimeline:
        """Return the same timeline without samples for intervals: much smaller and faster."""
        tables: dict[str, Any] = {
            name: added(getattr(self.facts, name), keys) for name, keys in KEYS.items()
        }
        return SubscriberTimeline(replace(self.facts, buckets=1, **tables), self._row.tolist())

    @cached_property
    def all_time(self) -> SubscriberSums:
        """Sums of everything in the data."""
        months = self.facts.spans.month
        return self._sums(range(int(months.min(initial=0)), int(months.max(initial=0)) + 1))

    def sums(self, period: Period) -> SubscriberSums:
        """Add up a month or quarter."""
        return self._sums(period.cells)

    def _sums(self, months: range) -> SubscriberSums:
        starts, spans, closes = self.facts.starts, self.facts.spans, self.facts.closes
        chosen = _within(spans.month, months)
        size = (self.segments, self.ages, self.facts.buckets)
        at = (self._row[spans.segment[chosen]], spans.age_month[chosen], spans.bucket[chosen])

        def aged(column: Floats | Ints) -> Floats:
            return samples(_added(size, at, column[chosen]))

        def of(table: Any, column: Floats | Ints, inside: range) -> Floats:
            rows = _within(table.month, inside)
            place = (self._row[table.segment[rows]], table.bucket[rows])
            return samples(_added(size[::2], place, column[rows]))

        before = range(months.start - 1, months.stop - 1)
        last = range(months.stop - 1, months.stop)
        nothing = np.zeros((self.segments, 1 + self.facts.buckets))
        return SubscriberSums(
            new=of(starts, starts.customers, months),
            exposed=self._exposed(months),
            exposure=aged(spans.alive_days) / DAYS_PER_MONTH,
            at_risk=aged(spans.risk_days) / DAYS_PER_MONTH,
            leavers=aged(spans.leavers),
            revenue=aged(spans.revenue),
            customers=of(closes, closes.customers, last),
            mrr=of(closes, closes.mrr, last),
            opening=of(closes, closes.customers, before),
            gone=of(closes, closes.gone, before),
            cost=nothing,
            costed_revenue=nothing,
        )

    def _exposed(self, months: range) -> Ints:
        """Count subscribers at each age in the month with most of them `(A,)`."""
        spans = self.facts.spans
        chosen = _within(spans.month, months)
        place = (spans.age_month[chosen], spans.month[chosen] - months.start)
        by_month = _added((self.ages, len(months)), place, spans.customers[chosen])
        most: Ints = by_month.max(axis=1, initial=0).astype(np.int64)
        return most


def _within(column: Ints, months: range) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (column >= months.start) & (column < months.stop)
    return inside


def _added(size: tuple[int, ...], at: tuple[Ints, ...], weights: Floats | Ints) -> Floats:
    """Add weights up into an array of some size."""
    sums = np.zeros(size)
    np.add.at(sums, at, weights)
    return sums
