"""Newer cohorts compared with older ones at the same age."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.cohorts.triangle import BOUNDS, name
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.choices import RETENTION, Metric
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.results import Source
from ltvcli.stats.inference import holm, jackknife
from ltvcli.stats.inference.jackknife import Spread
from ltvcli.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.cohorts.triangle import Cells

    Floats = NDArray[np.float64]

# Ages in months at which cohorts are compared; fixed in advance.
MONTHS = (1, 3, 6, 12, 24, 36, 48, 60)
# The trend is that of the last years, not of the whole history.
RECENT_MONTHS = 36
# The headline uses the highest age that at least this share of the newer cohorts has reached.
SHARE_OF_NEWER = 0.5
# With this many cohorts on each side, differences between them can be estimated.
ENOUGH_COHORTS = 3
CHANCE = 0.05


class Side(Struct, frozen=True, kw_only=True):
    """One half of the cohorts: value per customer of those from `first` to `last`."""

    first: str
    last: str
    cohorts: int
    customers: int
    value: float
    low: float | None
    high: float | None


class Comparison(Struct, frozen=True, kw_only=True):
    """Newer less older cohorts over their first `months`; `p` is adjusted for all comparisons."""

    months: int
    older: Side
    newer: Side
    difference: float
    low: float | None
    high: float | None
    p: float | None

    @property
    def differs(self) -> bool | None:
        """Whether the difference is significant, given all comparisons."""
        return None if self.p is None else self.p < CHANCE


class Trend(Struct, frozen=True, kw_only=True):
    """Comparisons at each age; `headline` is chosen by the age that cohorts have reached."""

    comparisons: tuple[Comparison, ...]
    headline: Comparison | None


def compare(cells: Cells, metric: Metric, discount: Rate, skipped: int = 0) -> Trend:
    """Compare the newer half of the cohorts with the older half, at every age that both reached.

    The cohorts are those of the three years up to the newest.
    A cohort counts at an age if all its customers were observed to the end of it. Values are per
    customer and cumulative; retention is the mean of the months after the first, that of revenue
    relative to opening MRR. The interval is the wider of two: from leaving out customers (the
    jackknife), and, with three cohorts or more on each side, from differences between cohorts of a
    side, as seasons also cause differences between months.

    Args:
        cells: sums of cohorts.
        metric: to compare.
        discount: per month.
        skipped: number of first cohorts to exclude.
    """
    joined = np.flatnonzero(cells.customers[:-1, 0] > 0)
    recent = cells.months[joined] > cells.months[joined[-1]] - RECENT_MONTHS
    rows = [row for row in joined[recent].tolist() if row >= skipped]
    older, newer = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    comparisons: list[Comparison] = []
    headline = None
    for months in MONTHS[1:] if metric in RETENTION else MONTHS:
        sides = [[row for row in half if cells.ages[row] >= months] for half in (older, newer)]
        if min(cells.customers[side, 0].sum() for side in sides) < ENOUGH_CUSTOMERS:
            continue
        sums = _sums(cells, metric, discount, months)
        comparisons.append(_compared(cells, metric, sums, months, *sides))
        if headline is None or len(sides[1]) >= SHARE_OF_NEWER * len(newer):
            headline = len(comparisons) - 1
    adjusted = _adjusted(comparisons)
    return Trend(comparisons=adjusted, headline=None if headline is None else adjusted[headline])


def _sums(cells: Cells, metric: Metric, discount: Rate, months: int) -> Floats:
    """Sum a metric up to an age: `(C + 1, 1 + G)`."""
    each = cells.sums(metric, discount)[:, :months]
    total: Floats = each[:, 1:].mean(axis=1) if metric in RETENTION else each.sum(axis=1)
    return total


def _compared(
    cells: Cells, metric: Metric, sums: Floats, months: int, older: list[int], newer: list[int]
) -> Comparison:
    base = cells.base(metric)[:, 0]
    values = []
    sides = []
    for rows in (older, newer):
        customers = cells.customers[rows].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = sums[rows].sum(axis=0) / base[rows].sum(axis=0)
        named = estimate(value, Source.MEASURED, *BOUNDS.get(metric, ()))
        assert named is not None
        sides.append(
            Side(
                first=name(int(cells.months[rows[0]]), cells.span),
                last=name(int(cells.months[rows[-1]]), cells.span),
                cohorts=len(rows),
                customers=int(customers[0]),
                value=named.value,
                low=named.low,
                high=named.high,
            )
        )
        values.append(value)
    difference = values[1] - values[0]
    spreads = [jackknife.spread(difference)]
    if min(len(older), len(newer)) >= ENOUGH_COHORTS:
        error = math.hypot(*(_between(base, sums, rows) for rows in (older, newer)))
        degrees = len(older) + len(newer) - 2
        spreads.append(Spread(value=float(difference[0]), error=error, degrees=degrees))
    known = [spread for spread in spreads if spread is not None]
    widest = max(known, key=lambda spread: spread.half_width, default=None)
    size = float(difference[0])
    p = 2 * min(widest.below(0.0), 1 - widest.below(0.0)) if widest else None
    if not size and jackknife.is_defined(difference):
        p = 1.0
    return Comparison(
        months=months,
        older=sides[0],
        newer=sides[1],
        difference=size,
        low=size - widest.half_width if widest else None,
        high=size + widest.half_width if widest else None,
        p=p,
    )


def _between(base: Floats, sums: Floats, rows: list[int]) -> float:
    """Return the standard error of a side's value from differences between its cohorts.

    Cohorts are weighted by `base`, their customers. Source: Cochran (1977), Sampling Techniques,
    section 9.5: the variance of a ratio of totals of clusters.
    """
    customers, total = base[rows, 0], sums[rows, 0]
    left = total - customers * total.sum() / customers.sum()
    count = len(rows)
    return math.sqrt(count / (count - 1) * float((left**2).sum())) / float(customers.sum())


def _adjusted(comparisons: list[Comparison]) -> tuple[Comparison, ...]:
    """Adjust the p-values for the number of comparisons."""
    known = [comparison.p for comparison in comparisons if comparison.p is not None]
    raised = iter(holm.adjusted(known))
    return tuple(
        comparison if comparison.p is None else replace(comparison, p=next(raised))
        for comparison in comparisons
    )
