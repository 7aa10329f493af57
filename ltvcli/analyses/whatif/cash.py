"""Cash of a customer, of a month's spend, and of growth: month by month, undiscounted.

Margin after the horizon is not counted. Without data a customer brings the same every month until
the end of the lifespan, or less every month by churn, and only five years are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared, method_inputs
from ltvcli.analyses.whatif.scenario import Base, Scenario
from ltvcli.formulas import Value, cash
from ltvcli.results import Row
from ltvcli.stats.inference import jackknife
from ltvcli.units import MONTHS_PER_YEAR, Money, Rate

LONGEST_WITHOUT_DATA = 60


class Course(Struct, frozen=True, kw_only=True):
    """Cash flow of one customer: the CAC, and the margin at the end of each month."""

    cac: Value
    monthly: Sequence[Value]

    @property
    def points(self) -> list[float]:
        """Cash after 0, 1, 2, ... months."""
        return [point(total) for total in cash.cumulative(self.cac, self.monthly)]

    @property
    def brought(self) -> list[float]:
        """Margin of each month."""
        return [point(total) for total in self.monthly]


def course(prepared: Prepared, method: str) -> Course | None:
    """Return the cash flow of one customer; None without a CAC."""
    cac = prepared.inputs.get("cac")
    return None if cac is None else Course(cac=cac, monthly=monthly(prepared, method))


def monthly(prepared: Prepared, method: str = "observed") -> list[Value]:
    """Return margin less retention cost of a customer in age month 0, 1, 2, ..."""
    inputs = method_inputs(prepared)
    if prepared.measured is not None:
        active, revenue = inputs["active_by_age"], inputs["revenue_by_age"]
    else:
        each = (
            inputs["aov"] * inputs["frequency"] / MONTHS_PER_YEAR
            if method == "basic"
            else inputs["arpu"]
        )
        active = _active(inputs, method)
        revenue = [share * each for share in active]
    kept = inputs["retention_cost"] / MONTHS_PER_YEAR
    return [
        brought * inputs["margin"] - kept * share
        for brought, share in zip(revenue, active, strict=True)
    ]


def _active(inputs: Any, method: str) -> list[float]:
    """Return active months of a customer in month 0, 1, 2, ..., by churn if the method uses it."""
    if method != "basic" and "churn" in inputs:
        return [float((1 - inputs["churn"]) ** month) for month in range(LONGEST_WITHOUT_DATA)]
    months = min(ceil(inputs["lifespan"]), LONGEST_WITHOUT_DATA)
    return [min(1.0, inputs["lifespan"] - month) for month in range(months)]


def table(
    before: Course, after: Course | None, spend: Money | None, spent: Money | None
) -> list[Row]:
    """List cash after 0, 1, 2, ... months, of one customer and of a month's spend.

    Args:
        before: cash flow before the changes.
        after: with the changes; None without any.
        spend: spend of a month on such customers, if it is known.
        spent: that spend with the changes.
    """
    months = max(len(before.monthly), len(after.monthly) if after else 0)
    now, intervals = _padded(before.points, months), _intervals(before)
    then = _padded(after.points, months) if after else None
    rows: list[Row] = []
    for month in range(months + 1):
        low, high = intervals[month] if month < len(intervals) else (None, None)
        rows.append(
            {
                "month": month,
                "customer": now[month],
                "customer_low": low,
                "customer_high": high,
                "customer_after": then[month] if then else None,
                "spend": _of_spend(before, now[month], spend),
                "spend_after": _of_spend(after, then[month], spent) if after and then else None,
            }
        )
    return rows


def _padded(points: Sequence[float], months: int) -> list[float]:
    """Repeat the last value, after which no cash arrives."""
    return [*points, *[points[-1]] * (months + 1 - len(points))]


def _of_spend(course: Course, cash_of_one: float, spend: Money | None) -> float | None:
    cac = point(course.cac)
    return None if spend is None or cac <= 0 else cash_of_one * spend / cac


def _intervals(course: Course) -> list[tuple[float | None, float | None]]:
    """Return the 95% intervals of cash after 0, 1, 2, ... months."""
    intervals: list[tuple[float | None, float | None]] = []
    for total in cash.cumulative(course.cac, course.monthly):
        if not isinstance(total, np.ndarray) or len(total) == 1:
            intervals.append((None, None))
            continue
        spread = jackknife.skew_corrected(total)
        intervals.append((spread.low, spread.high) if spread else (None, None))
    return intervals


def growth(course: Course, spend: Money, rate: Rate, elasticity: float) -> tuple[Row, ...]:
    """List cash by month from a start without customers, with growing spend.

    It covers the months of a customer's cash flow, and at least a year.

    Args:
        course: cash flow of one customer.
        spend: of the first month.
        rate: growth of spend, per month.
        elasticity: of CAC to spend.
    """
    cac = point(course.cac)
    if cac <= 0:
        return ()
    months = max(len(course.monthly), MONTHS_PER_YEAR)
    months_of_growth = cash.growing(spend, rate, cac, course.brought, months, elasticity)
    return tuple(
        {"month": month + 1, **asdict(cash_of_month)}
        for month, cash_of_month in enumerate(months_of_growth)
    )


def spent(base: Base, scenario: Scenario) -> Money | None:
    """Return a month's spend with the changes."""
    if base.budget is None:
        return None
    return base.budget * float(scenario.ratios.get("budget", 1.0))
