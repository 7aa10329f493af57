"""Tables about cohorts: each cohort, each cohort at each age, all at each age, newer and older."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.acquisition.estimates import average
from ltvcli.analyses.cohorts.triangle import first_day
from ltvcli.analyses.valuation import verdict
from ltvcli.analyses.valuation.estimates import widened
from ltvcli.choices import Metric
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS, ENOUGH_MONTHS
from ltvcli.results import Estimate, Row, Source, interval_columns
from ltvcli.results.cohorts import Conversion
from ltvcli.units import Money, Months, Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.cohorts.recurring import Closing
    from ltvcli.analyses.cohorts.trend import Trend
    from ltvcli.analyses.cohorts.triangle import Cells
    from ltvcli.results.acquisition import Acquisition

    Floats = NDArray[np.float64]

DECIMALS = 4
"""Of money in the engine; what a sum of floats has beyond them is noise."""


def costs(
    cells: Cells, given: Money | None, acquisition: Acquisition | None
) -> list[Estimate | None]:
    """Return the CAC of each cohort.

    From spend it is all spend of the months of the cohort over all its customers, and None if some
    of them were acquired on days whose spend is not known.

    Args:
        cells: sums of cohorts.
        given: given CAC; None without one.
        acquisition: CAC by month; None without spend.
    """
    if given is not None:
        return [Estimate(value=given, source=Source.GIVEN)] * len(cells.months)
    known = {month.month: month for month in acquisition.months} if acquisition else {}
    estimates: list[Estimate | None] = []
    for row, month in enumerate(cells.months.tolist()):
        days = [first_day(index) for index in range(month, month + cells.span)]
        spans = [known[day] for day in days if day in known]
        customers = sum(span.customers for span in spans)
        covered = customers == int(cells.customers[row, 0])
        estimates.append(average(sum(span.spend for span in spans), customers) if covered else None)
    return estimates


def cohorts(
    cells: Cells,
    revenue: Sequence[Decimal],
    cacs: Sequence[Estimate | None],
    returned: Sequence[Conversion],
    discount: Rate,
    as_of: date,
    closings: Sequence[Closing] = (),
) -> tuple[Row, ...]:
    """List the cohorts: value to date, and payback.

    `ltv` is margin per customer over `months`, for which all customers of the cohort were observed;
    `over` if nobody can join it any more. Payback has an interval as well: the first months in
    which the ends of the value's interval reach the CAC.

    Args:
        cells: sums of cohorts.
        revenue: of each cohort, exact.
        cacs: CAC of each cohort.
        returned: F2 and F3 conversion of each cohort.
        discount: per month.
        as_of: last day of the data.
        closings: paying customers and MRR at its end, by cohort, for subscriptions.
    """
    worth, undiscounted = (cells.values("ltv", rate) for rate in (discount, 0.0))
    rows: list[Row] = []
    for row, name in enumerate(cells.names()):
        months, customers, cac = int(cells.ages[row]), int(cells.customers[row, 0]), cacs[row]
        ltv = cells.estimate(worth[row, months - 1], row) if months else None
        cac_above_0 = cac if cac and cac.value > 0 else None
        ratio = _ratio(ltv, cac_above_0) if ltv and cac_above_0 else None
        graded = customers >= ENOUGH_CUSTOMERS and months >= ENOUGH_MONTHS
        payback = _returned(
            cells, undiscounted[row], row, cac_above_0.value if cac_above_0 else None
        )
        rows.append(
            {
                "cohort": name,
                "over": first_day(int(cells.months[row]) + cells.span) <= as_of + timedelta(days=1),
                "customers": customers,
                "revenue": float(revenue[row]),
                "margin": float(cells.margin[row, 0]) if cells.basis == "margin" else None,
                **(_closing(closings[row]) if closings else {}),
                "months": months,
                **interval_columns("ltv", ltv),
                **interval_columns("cac", cac),
                **interval_columns("ltv_to_cac", ratio),
                "payback_observed": payback[0],
                "payback_observed_low": payback[1],
                "payback_observed_high": payback[2],
                **interval_columns("f2_conversion", returned[row].f2_conversion),
                **interval_columns("f3_conversion", returned[row].f3_conversion),
                "grade": str(verdict.grade(ratio.value if ratio and graded else None)),
            }
        )
    return tuple(rows)


def _closing(closing: Closing) -> Row:
    return {"customers_closing": closing.customers, "mrr": float(closing.mrr)}


def _ratio(ltv: Estimate, cac: Estimate) -> Estimate:
    """Divide a value by a cost, with the noise of both."""
    estimate = Estimate(
        value=ltv.value / cac.value,
        low=None if ltv.low is None else ltv.low / cac.value,
        high=None if ltv.high is None else ltv.high / cac.value,
        source=Source.MEASURED,
    )
    if estimate.low is None or cac.low is None or cac.high is None:
        return estimate
    ends = sorted(ltv.value / end for end in (cac.low, cac.high))
    return widened(estimate, (ends[0], ends[1]))


def _returned(
    cells: Cells, worth: Floats, row: int, cac: Money | None
) -> tuple[Months | None, Months | None, Months | None]:
    """Return the months in which the value, the high and the low end of its interval reach the CAC.

    Incomplete months count as not reached. `worth` `(A, 1 + G)`.
    """
    reached: list[Months | None] = [None, None, None]
    for age in range(int(cells.ages[row]) if cac is not None else 0):
        value = cells.estimate(worth[age], row)
        ends = (value.value, value.high, value.low) if value else (None, None, None)
        for place, end in enumerate(ends):
            if reached[place] is None and end is not None and cac is not None and end >= cac:
                reached[place] = age + 1.0
    return reached[0], reached[1], reached[2]


def triangle(cells: Cells, metric: Metric, discount: Rate) -> tuple[Row, ...]:
    """List the value of each cohort at each age.

    `customers` were observed for the full month and are the basis of `value`; `complete` if these
    are all of the cohort. `revenue` includes partial months, so that it adds up to the total.

    Args:
        cells: sums of cohorts.
        metric: to list.
        discount: per month.
    """
    values = cells.values(metric, discount)
    everything = cells.revenue[:, :, 0] + cells.unfinished
    rows: list[Row] = []
    for row, name in enumerate(cells.names()):
        begun = np.flatnonzero((cells.observed[row, :, 0] > 0) | (cells.unfinished[row] != 0))
        for age in range(int(begun.max(initial=0)) + 1):
            value = cells.estimate(values[row, age], row, metric)
            rows.append(
                {
                    "cohort": name,
                    "age_month": age,
                    "customers": int(cells.observed[row, age, 0]),
                    **interval_columns("value", value),
                    "complete": bool(cells.complete[row, age]),
                    "revenue": round(float(everything[row, age]), DECIMALS),
                }
            )
    return tuple(rows)


def by_age(cells: Cells, metric: Metric, discount: Rate, longest: int) -> tuple[Row, ...]:
    """List the value of an average customer of all cohorts at each age, and LTV up to it.

    Args:
        cells: sums of cohorts.
        metric: to list.
        discount: per month.
        longest: number of months to list.
    """
    values, worth = (cells.values(shown, discount)[-1] for shown in (metric, "ltv"))
    rows: list[Row] = []
    for age in range(longest):
        value = cells.estimate(values[age], -1, metric)
        ltv = cells.estimate(worth[age], -1)
        rows.append(
            {
                "age_month": age,
                "customers": int(cells.observed[-1, age, 0]),
                **interval_columns("value", value),
                **interval_columns("ltv", ltv),
            }
        )
    return tuple(rows)


def trend(compared: Trend) -> tuple[Row, ...]:
    """List the comparisons of newer and older cohorts over their first months."""
    rows: list[Row] = []
    for comparison in compared.comparisons:
        row: dict[str, float | int | str | None] = {"months": comparison.months}
        for side, half in (("older", comparison.older), ("newer", comparison.newer)):
            row |= {
                f"{side}_first": half.first,
                f"{side}_last": half.last,
                f"{side}_cohorts": half.cohorts,
                f"{side}_customers": half.customers,
                side: half.value,
                f"{side}_low": half.low,
                f"{side}_high": half.high,
            }
        row |= {
            "difference": comparison.difference,
            "difference_low": comparison.low,
            "difference_high": comparison.high,
            "p": comparison.p,
            "differs": comparison.differs,
            "headline": comparison is compared.headline,
        }
        rows.append(row)
    return tuple(rows)
