"""Sums of each cohort by age, and without each bucket of customers.

Arrays here are `(C + 1, A, 1 + G)`: cohorts and then all customers, ages, samples; or the same
without ages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.valuation.by_age import Samples
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.choices import RETENTION, Metric, Period
from ltvcli.errors import TooManyCohortsError
from ltvcli.results import Source
from ltvcli.units import MONTHS_PER_YEAR, Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results import Estimate

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

MOST_CELLS = 400_000
"""Cohorts times months that are held in memory; 50 years by month have 360,000."""
MONTHS_IN: Mapping[Period, int] = {"month": 1, "quarter": 3}
BOUNDS: Mapping[Metric, tuple[float, float]] = {
    "retention": (0.0, 1.0),
    "revenue-retention": (0.0, np.inf),
    "orders": (0.0, np.inf),
}
# A cohort has a margin of its own where the cost of at least this share of its revenue is known.
ENOUGH_COSTED = 0.5


class Cells(Struct, frozen=True, kw_only=True, dict=True):
    """Sums over the customers of each cohort.

    `months` `(C,)` is the first month of each, numbered as in facts. `observed` customers were
    observed for the full age month; `revenue`, `orders` and, if they were counted, `buyers` are
    theirs. `margin` is the share of revenue: 1, and `basis` "revenue", if it is not known.
    `unfinished` `(C + 1, A)` is the revenue of partially observed months. `opening` is the monthly
    revenue of observed subscribers on their first paid day.
    """

    months: Ints
    span: int
    customers: Floats
    observed: Floats
    revenue: Floats
    orders: Floats
    margin: Floats
    unfinished: Floats
    basis: str
    buyers: Floats | None = None
    opening: Floats | None = None

    @cached_property
    def complete(self) -> Bools:
        """Return whether all customers of a cohort were observed for the full age month."""
        everyone = self.customers[:, None, 0]
        complete: Bools = (self.observed[:, :, 0] == everyone) & (everyone > 0)
        return complete

    @cached_property
    def ages(self) -> Ints:
        """Number of complete age months by cohort: `(C + 1,)`."""
        ages: Ints = self.complete.cumprod(axis=1).sum(axis=1)
        return ages

    def names(self) -> list[str]:
        """Write each cohort: 2026-10, or 2026-Q4."""
        return [name(int(month), self.span) for month in self.months]

    def values(self, metric: Metric, discount: Rate = 0.0) -> Floats:
        """Return `metric` per customer, or per opening MRR; undefined where nobody was observed.

        Args:
            metric: `ltv` is the margin up to that age, all others are of that month alone.
            discount: per month; only for `ltv`.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            each: Floats = self.sums(metric, discount) / self.base(metric)
        return each.cumsum(axis=1) if metric == "ltv" else each

    def base(self, metric: Metric) -> Floats:
        """Return the denominator of `metric`: customers, or opening MRR."""
        if metric != "revenue-retention":
            return self.observed
        assert self.opening is not None
        return self.opening

    def sums(self, metric: Metric, discount: Rate = 0.0) -> Floats:
        """Return the sum of `metric` over observed customers, of each month alone."""
        match metric:
            case "orders":
                return self.orders
            case "revenue" | "revenue-retention":
                return self.revenue
            case "retention":
                assert self.buyers is not None
                return self.buyers
            case "margin" | "ltv":
                rate = discount if metric == "ltv" else 0.0
                worth = (1 + rate) ** -np.arange(self.revenue.shape[1], dtype=float)
                return self.revenue * self.margin[:, None, :] * worth[:, None]

    def estimate(self, values: Floats, row: int, metric: Metric = "ltv") -> Estimate | None:
        """Return a figure of a cohort with its interval, from the buckets with its customers.

        If nobody or everybody left, the interval is unknown: that is not certain.

        Args:
            values: `(1 + G,)`.
            row: of the cohort, or -1 for all customers.
            metric: of the values, which determines their bounds.
        """
        held = self.customers[row, 1:] != self.customers[row, 0]
        sample = values[np.concatenate([[True], held])]
        figure = estimate(sample, Source.MEASURED, *BOUNDS.get(metric, ()))
        if figure and metric in RETENTION and figure.low == figure.high:
            return replace(figure, low=None, high=None)
        return figure


def of(
    facts: Facts | Subscriptions,
    buyers: Mapping[str, Any] | None,
    by: Period,
    margin: Rate | None,
    samples: Samples | None = None,
    opening: Mapping[str, Any] | None = None,
) -> Cells:
    """Sum facts by cohort and age.

    Args:
        facts: sums over orders or subscriptions.
        buyers: columns of `sql/cohorts/active_customers.sql`, or of `paying_customers.sql`, if
            requested.
        by: length of the period in which the customers of a cohort were acquired.
        margin: given; None takes that of each cohort's orders, of all orders if the cost of less
            than half of its revenue is known, and 100% if no cost is known.
        samples: those of more customers, to compare figures of both.
        opening: columns of `sql/cohorts/opening_mrr.sql`, if requested.

    Raises:
        TooManyCohortsError: the table would not fit into memory.
    """
    triangle, observed = facts.triangle, facts.observed
    span = MONTHS_IN[by]
    months, place = np.unique(
        np.concatenate([triangle.cohort, observed.cohort]) // span, return_inverse=True
    )
    cohorts = len(months)
    ages = int(max(triangle.age_month.max() + 1, observed.observed_months.max()))
    if cohorts * ages > MOST_CELLS:
        raise TooManyCohortsError(cohorts=cohorts, months=ages)
    samples = samples or Samples(observed.bucket, triangle.bucket)
    at, since = place[: len(triangle.cohort)], place[len(triangle.cohort) :]

    def added(row: Any, age: Any, bucket: Any, amounts: Any, width: int = ages) -> Floats:
        sums = samples.table(row * width + age, bucket, amounts, cohorts * width)
        table = sums.reshape(cohorts, width, -1)
        return np.concatenate([table, table.sum(axis=0, keepdims=True)])

    watched = added(since, observed.observed_months, observed.bucket, observed.customers, ages + 1)
    reached = watched[:, ::-1].cumsum(axis=1)[:, ::-1]
    seen = triangle.complete
    finished = at[seen], triangle.age_month[seen], triangle.bucket[seen]
    rest = at[~seen], triangle.age_month[~seen], triangle.bucket[~seen]
    cells = Cells(
        months=months * span,
        span=span,
        customers=reached[:, 0],
        observed=reached[:, 1:],
        revenue=added(*finished, triangle.revenue[seen]),
        orders=added(*finished, triangle.orders[seen]),
        margin=_margin(facts, samples, at, cohorts, margin),
        unfinished=added(*rest, triangle.revenue[~seen])[:, :, 0],
        basis="revenue" if margin is None and not _costed(facts) else "margin",
    )
    if opening is not None:
        row = np.searchsorted(months, opening["cohort"] // span)
        begun = added(row, opening["observed_months"], opening["bucket"], opening["mrr"], ages + 1)
        return replace(cells, opening=begun[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:])
    if buyers is None:
        return cells
    row = np.searchsorted(months, buyers["cohort"] // span)
    kept = buyers["complete"].astype(bool)
    counted = added(
        row[kept], buyers["age_month"][kept], buyers["bucket"][kept], buyers["buyers"][kept]
    )
    return replace(cells, buyers=counted)


def _costed(facts: Facts | Subscriptions) -> bool:
    return bool(facts.triangle.costed_revenue.sum() > 0)


def _margin(
    facts: Facts | Subscriptions, samples: Samples, at: Any, cohorts: int, given: Rate | None
) -> Floats:
    """Return the margin as a share of revenue: `(C + 1, 1 + G)`."""
    triangle = facts.triangle
    flat = np.ones((cohorts + 1, 1 + samples.count))
    if given is not None:
        return flat * given
    if not _costed(facts):
        return flat
    revenue, cost, costed = (
        np.concatenate([table, table.sum(axis=0, keepdims=True)])
        for amounts in (triangle.revenue, triangle.cost, triangle.costed_revenue)
        for table in [samples.table(at, triangle.bucket, amounts, cohorts)]
    )
    enough_costed = (costed[:, :1] > 0) & (costed[:, :1] >= ENOUGH_COSTED * revenue[:, :1])
    with np.errstate(divide="ignore", invalid="ignore"):
        margins: Floats = 1 - cost / costed
    return np.where(enough_costed, margins, margins[-1])


def name(month: int, span: int) -> str:
    """Write the cohort that begins in a month.

    >>> name(12 * 2026 + 9, 1), name(12 * 2026 + 9, 3)
    ('2026-10', '2026-Q4')
    """
    year, nth = divmod(month, MONTHS_PER_YEAR)
    return f"{year}-{nth + 1:02}" if span == 1 else f"{year}-Q{nth // span + 1}"


def first_day(month: int) -> date:
    """Return the first day of a month, numbered as in facts.

    >>> first_day(12 * 2026 + 9)
    datetime.date(2026, 10, 1)
    """
    return date(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)
