"""Cash of a customer, of a month's spend, and of growing: month by month, undiscounted.

What comes in after the horizon is not counted. Without data a customer brings the same every month
until the lifespan is over, or less every month by churn, and what lies past five years is not
counted either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

import numpy as np

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared, ready
from ltvcli.analyses.whatif.scenario import Base, Scenario
from ltvcli.formulas import Value, cash
from ltvcli.results import Row
from ltvcli.stats.inference import jackknife
from ltvcli.units import MONTHS_PER_YEAR, Money, Rate

LONGEST_WITHOUT_DATA = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How cash of one customer goes: the CAC, and what comes in at the end of each month."""

    cac: Value
    monthly: Sequence[Value]

    @property
    def points(self) -> list[float]:
        """Cash after 0, 1, 2, ... months."""
        return [point(one) for one in cash.cumulative(self.cac, self.monthly)]

    @property
    def brought(self) -> list[float]:
        """Return what comes in each month."""
        return [point(one) for one in self.monthly]


def course(prepared: Prepared, method: str) -> Course | None:
    """Follow one customer; None without a CAC."""
    cac = prepared.inputs.get("cac")
    return None if cac is None else Course(cac=cac, monthly=monthly(prepared, method))


def monthly(prepared: Prepared, method: str = "observed") -> list[Value]:
    """Return what a customer brings in age month 0, 1, 2, ...: margin less retention cost."""
    inputs = ready(prepared)
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
    """Active months of a customer in month 0, 1, 2, ...: by churn where the method goes by it."""
    if method != "basic" and "churn" in inputs:
        return [float((1 - inputs["churn"]) ** month) for month in range(LONGEST_WITHOUT_DATA)]
    months = min(ceil(inputs["lifespan"]), LONGEST_WITHOUT_DATA)
    return [min(1.0, inputs["lifespan"] - month) for month in range(months)]


def table(
    before: Course, after: Course | None, spend: Money | None, spent: Money | None
) -> list[Row]:
    """List cash after 0, 1, 2, ... months, of one customer and of a month's spend.

    Args:
        before: as things are.
        after: with the changes; None without any.
        spend: what is spent in a month on such customers, if known.
        spent: the same, with the changes.
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
    """Go on as it was where nothing comes in any more."""
    return [*points, *[points[-1]] * (months + 1 - len(points))]


def _of_spend(course: Course, cash_of_one: float, spend: Money | None) -> float | None:
    cac = point(course.cac)
    return None if spend is None or cac <= 0 else cash_of_one * spend / cac


def _intervals(course: Course) -> list[tuple[float | None, float | None]]:
    """95% intervals of cash after 0, 1, 2, ... months."""
    found: list[tuple[float | None, float | None]] = []
    for total in cash.cumulative(course.cac, course.monthly):
        if not isinstance(total, np.ndarray) or len(total) == 1:
            found.append((None, None))
            continue
        spread = jackknife.skew_corrected(total)
        found.append((spread.low, spread.high) if spread else (None, None))
    return found


def growth(course: Course, spend: Money, rate: Rate, elasticity: float) -> tuple[Row, ...]:
    """List cash month by month from a standing start, each month's spend `rate` above the last.

    The CAC answers to spend by `elasticity`. It goes on for as long as a customer is followed, and
    for a year at least.
    """
    cac = point(course.cac)
    if cac <= 0:
        return ()
    months = max(len(course.monthly), MONTHS_PER_YEAR)
    found = cash.growing(spend, rate, cac, course.brought, months, elasticity)
    return tuple({"month": month + 1, **asdict(one)} for month, one in enumerate(found))


def spent(base: Base, scenario: Scenario) -> Money | None:
    """Return what a month's spend is with the changes."""
    if base.budget is None:
        return None
    return base.budget * float(scenario.ratios.get("budget", 1.0))
