"""Sums of any period by segment, age and jackknife sample, from the facts about periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from ltvcli.analyses.review.pooled import pooled
from ltvcli.formulas.periods import Period
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.periods import PeriodFacts

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Sums(Struct, frozen=True, kw_only=True):
    """Sums of one period, of segments `(S, R)` or of segments and ages `(S, A, R)`.

    The first of R samples has all customers, each further one all but one bucket. `exposed` `(A,)`
    are customers at an age on at least one day, `exposure` the months that they spent at it.
    `all_revenue`, `all_orders`, `cost` and `costed_revenue` are of first days and all later ones.
    """

    new: Floats
    first_revenue: Floats
    exposed: Ints
    exposure: Floats
    revenue: Floats
    orders: Floats
    buyers: Floats
    all_revenue: Floats
    all_orders: Floats
    cost: Floats
    costed_revenue: Floats
    returned: Floats


def samples(of_buckets: Floats) -> Floats:
    """Convert sums by bucket `(..., G)` to samples `(..., 1 + G)`: all, then all but one bucket.

    >>> samples(np.array([1.0, 2.0, 4.0])).tolist()
    [7.0, 6.0, 5.0, 3.0]
    """
    total = of_buckets.sum(axis=-1, keepdims=True)
    replicates: Floats = np.concatenate([total, total - of_buckets], axis=-1)
    return replicates


class Timeline:
    """The facts about periods, arranged for sums over any complete periods.

    Args:
        facts: about periods.
        rows: row of each code in `facts.segments`; None sums all in one.
        resampled: whether to keep one sample per bucket; without, there is only the first sample.
    """

    def __init__(
        self, facts: PeriodFacts, rows: Sequence[int] | None = None, *, resampled: bool = True
    ) -> None:
        """Lay out new customers by day."""
        codes = rows if rows is not None else [0] * len(facts.segments)
        facts = facts if resampled else pooled(facts)
        self._row = np.array(codes, dtype=np.int64)
        self.facts = facts
        self.segments = int(self._row.max(initial=0)) + 1
        self.buckets = facts.buckets
        self.ages = int(((facts.as_of - facts.first).days) // DAYS_PER_MONTH) + 1
        starts = facts.starts
        self._day = (starts.first_day - np.datetime64(facts.first, "D")).astype(np.int64)
        days = (facts.as_of - facts.first).days + 1
        shape = (days, self.segments, self.buckets)
        at = (self._day, self._row[starts.segment], starts.bucket)
        self._new = np.zeros(shape)
        np.add.at(self._new, at, starts.customers)

    def without_samples(self) -> Timeline:
        """Return the same timeline without samples for intervals: much smaller and faster."""
        return Timeline(self.facts, self._row.tolist(), resampled=False)

    @cached_property
    def all_time(self) -> Sums:
        """Sums of everything in the data."""
        return self._sums(None, self.facts.first, self.facts.as_of)

    def sums(self, period: Period) -> Sums:
        """Sum a period, as far as the data goes."""
        return self._sums(period, period.first, min(period.last, self.facts.as_of))

    def _sums(self, period: Period | None, first: date, last: date) -> Sums:
        """Sum from the first to the last day of `period`, or of everything if it is None."""
        facts, size = self.facts, (self.segments, self.ages, self.buckets)
        starts, spans, returned = facts.starts, facts.spans, facts.returned
        begin, end = ((day - facts.first).days for day in (first, last))
        came = (self._day >= begin) & (self._day <= end)
        row, bucket = self._row[starts.segment], starts.bucket
        at = (row[came], bucket[came])

        def first_days(column: Floats | Ints) -> Floats:
            return self._added(size[::2], at, column[came])

        if period is None:
            chosen = np.ones(len(spans.month), dtype=np.bool_)
            back = np.zeros(len(returned.period), dtype=np.bool_)
        else:
            cells = period.cells
            chosen = (spans.month >= cells.start) & (spans.month < cells.stop)
            back = (
                returned.period == period.number
                if facts.span == period.span
                else np.zeros(len(returned.period), dtype=np.bool_)
            )
        aged = chosen & (spans.age_month >= 0)
        by_age = (
            self._row[spans.segment[aged]],
            spans.age_month[aged],
            spans.bucket[aged],
        )
        every = (self._row[spans.segment[chosen]], spans.bucket[chosen])

        def later(column: Floats | Ints) -> Floats:
            return self._added(size, by_age, column[aged])

        def both(name: str) -> Floats:
            after = self._added(size[::2], every, getattr(spans, name)[chosen])
            return first_days(getattr(starts, name)) + after

        exposed, exposure = self._exposure(begin, end)
        return Sums(
            new=samples(first_days(starts.customers)),
            first_revenue=samples(first_days(starts.revenue)),
            exposed=exposed,
            exposure=samples(exposure) / DAYS_PER_MONTH,
            revenue=samples(later(spans.revenue)),
            orders=samples(later(spans.orders)),
            buyers=samples(later(spans.buyers)),
            all_revenue=samples(both("revenue")),
            all_orders=samples(both("orders")),
            cost=samples(both("cost")),
            costed_revenue=samples(both("costed_revenue")),
            returned=samples(
                self._added(
                    size[::2],
                    (self._row[returned.segment[back]], returned.bucket[back]),
                    returned.customers[back],
                )
            ),
        )

    def _added(self, size: tuple[int, ...], at: tuple[Ints, ...], weights: Floats | Ints) -> Floats:
        """Sum weights into an array of the given size."""
        cells: Any = np.ravel_multi_index(at, size) if len(weights) else []
        sums: Any = np.bincount(
            np.asarray(cells, dtype=np.int64), weights=weights, minlength=int(np.prod(size))
        )
        sums_by_cell: Floats = sums.astype(np.float64).reshape(size)
        return sums_by_cell

    def _exposure(self, begin: int, end: int) -> tuple[Ints, Floats]:
        """Count customers at each age, and the days they spent at it, from one day to another.

        A customer is at age a on the days d with floor((d - first day) / month) = a; the first day
        is one of age 0.

        Returns:
            Customers `(A,)` and days `(S, A, G)`.
        """
        customers = np.zeros(self.ages, dtype=np.int64)
        days = np.zeros((self.segments, self.ages, self.buckets))
        for age in range(self.ages):
            youngest = int(np.ceil(age * DAYS_PER_MONTH))
            oldest = int(np.ceil((age + 1) * DAYS_PER_MONTH)) - 1
            since, until = max(begin - oldest, 0), min(end - youngest, len(self._new) - 1)
            if since > until:
                continue
            first = np.arange(since, until + 1)
            spent = np.minimum(first + oldest, end) - np.maximum(first + youngest, begin) + 1
            new = self._new[since : until + 1]
            customers[age] = int(new.sum())
            days[:, age] = np.tensordot(spent.astype(np.float64), new, axes=1)
        return customers, days
