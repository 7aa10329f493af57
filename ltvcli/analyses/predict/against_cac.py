"""The predicted value of customers compared with CAC, and the predicted payback."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.acquisition import cac as acquisition
from ltvcli.analyses.acquisition import segment_cac
from ltvcli.analyses.acquisition.segment_cac import Cost
from ltvcli.analyses.predict.forecasts import DAYS
from ltvcli.analyses.predict.intervals import LEVEL
from ltvcli.analyses.valuation import verdict as grades
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS, LTV_TO_CAC
from ltvcli.results import Estimate, Grade, Source, Verdict
from ltvcli.stats.inference import student_t
from ltvcli.stats.numerics.normal import Z_80
from ltvcli.units import DAYS_PER_MONTH, month_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.results import Row
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.units import Money, Months, Rate

    Floats = NDArray[np.float64]


class Costs:
    """CAC: given for all customers, or measured for all, by channel and by month."""

    def __init__(self, given: Money | None, acquisition: Acquisition | None) -> None:
        self._given = given
        self._acquisition = None if given is not None else acquisition

    @property
    def known(self) -> bool:
        """Return whether a cost is known."""
        return self._given is not None or self._acquisition is not None

    @property
    def of_all(self) -> Cost:
        """CAC of an average customer of any channel."""
        if self._given is not None:
            return Cost(cac=Estimate(value=self._given, source=Source.GIVEN))
        if self._acquisition is None:
            return Cost()
        return Cost(cac=self._acquisition.blended, customers=self._acquisition.customers)

    def of_segment(self, name: str | None) -> Cost:
        """Return the CAC of a segment; None is all customers."""
        if name is None or self._given is not None:
            return self.of_all
        return segment_cac.of(name, {}, self._acquisition)

    def of_month(self, name: str) -> Cost:
        """Return the CAC of customers acquired in a month, "2026-01"."""
        if self._acquisition is None:
            return self.of_all
        month = month_index(date.fromisoformat(f"{name}-01"))
        cost_of_month = acquisition.of_month(self._acquisition, month)
        return (
            Cost(cac=cost_of_month.cac, customers=cost_of_month.customers)
            if cost_of_month
            else Cost()
        )


def groups(rows: Iterable[Row], name: str, costs: Costs) -> Iterator[Row]:
    """Compare the pLTV of segments or cohorts with CAC.

    Args:
        rows: of the table.
        name: column that names a row: "segment" or "cohort".
        costs: CAC, if it is known.
    """
    for row in rows:
        if not costs.known:
            yield row
            continue
        key = str(row[name])
        cost = costs.of_month(key) if name == "cohort" else costs.of_segment(key)
        yield {**row, **_against(row, "pltv", cost)}


def new(
    rows: Iterable[Row],
    costs: Costs,
    seen: Outlook,
    horizon: Months,
    margin: Rate,
    discount_factor: float,
) -> Iterator[Row]:
    """Compare a new customer with CAC, and return the month of payback.

    By the end of that month the expected margin to date, not discounted, reaches the CAC; None if
    it does not within the horizon. The interval combines the worst (best) CAC with margins scaled
    down (up) by the horizon's interval.

    Args:
        rows: of the table `new`.
        costs: CAC, if it is known.
        seen: forecasts of today.
        horizon: in months.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    arrived = _arrived(seen, np.arange(1.0, math.ceil(horizon) + 1), horizon)
    for row in rows:
        if not costs.known:
            yield row
            continue
        name = row["segment"]
        cost = costs.of_segment(None if name is None else str(name))
        yield {
            **row,
            **_against(row, "value", cost),
            **_payback(row, cost, arrived, _number(row, "first_order") * margin, discount_factor),
        }


def new_subscribers(rows: Iterable[Row], totals: Iterable[Floats], costs: Costs) -> Iterator[Row]:
    """Compare a new subscriber with CAC, and return the month of payback as `new` does.

    Args:
        rows: of new subscribers.
        totals: of each, the margin by the end of month 1, 2, ..., not discounted: `(months,)`.
        costs: what customers cost.
    """
    for row, total in zip(rows, totals, strict=True):
        if not costs.known:
            yield row
            continue
        name = row["segment"]
        cost = costs.of_segment(None if name is None else str(name))
        yield {**row, **_against(row, "value", cost), **_returned(row, cost, total)}


def _payback(
    row: Row, cost: Cost, arrived: Floats, first: float, discount_factor: float
) -> dict[str, int | None]:
    value = _number(row, "value")
    return _returned(row, cost, first + (value - first) / discount_factor * arrived)


def _returned(row: Row, cost: Cost, total: Floats) -> dict[str, int | None]:
    if cost.cac is None or cost.cac.value <= 0:
        return {}
    noise = math.exp(_noise(cost))
    value, low, high = (_number(row, f"value{end}") for end in ("", "_low", "_high"))
    less, more = (low / value, high / value) if value > 0 else (1.0, 1.0)
    return {
        "payback": _reached(total, cost.cac.value),
        "payback_low": _reached(total * more, cost.cac.value / noise),
        "payback_high": _reached(total * less, cost.cac.value * noise),
    }


def verdict(row: Row, degrees: int, *, upper_bound: bool = False) -> Verdict:
    """Grade a new customer, with probabilities from the interval.

    Args:
        row: of the table `new`.
        degrees: degrees of freedom of the interval.
        upper_bound: whether no margin is known, so that the value is revenue.
    """
    value, low, high = (_number(row, f"pltv_to_cac{end}") for end in ("", "_low", "_high"))
    ratio = Estimate(value=value, low=low, high=high, source=Source.MEASURED)
    below = [_chance_below(step, value, low, high, degrees) for step in LTV_TO_CAC]
    return grades.verdict(
        "predicted", ratio, below, None, 0.0 if upper_bound else None, level="80%"
    )


def _chance_below(step: float, value: float, low: float, high: float, degrees: int) -> float:
    end = low if step < value else high
    if value <= 0 or end <= 0 or end == value:
        return float(value < step)
    deviation = abs(math.log(end / value)) / student_t.quantile((1 + LEVEL) / 2, degrees)
    return student_t.cdf(math.log(step / value) / deviation, degrees)


def _against(row: Row, key: str, cost: Cost) -> dict[str, float | str | None]:
    """Divide a value with its interval by CAC, with the noise of both."""
    if cost.cac is None or cost.cac.value <= 0:
        return {"cac": cost.cac.value if cost.cac else None}
    cac = cost.cac.value
    value, low, high = (_number(row, f"{key}{end}") for end in ("", "_low", "_high"))
    noise = _noise(cost)
    if low > 0:
        low = value * math.exp(-math.hypot(math.log(value / low), noise))
        high = value * math.exp(math.hypot(math.log(high / value), noise))
    else:
        low, high = low * math.exp(noise), max(high, 0.0) * math.exp(noise)
    enough = _number(row, "customers") >= ENOUGH_CUSTOMERS
    return {
        "cac": cac,
        "pltv_to_cac": value / cac,
        "pltv_to_cac_low": low / cac,
        "pltv_to_cac_high": high / cac,
        "grade": str(grades.grade(value / cac) if enough else Grade.UNKNOWN),
    }


def _noise(cost: Cost) -> float:
    """Return half the width of the 80% interval of the log of a CAC, from its customer count."""
    return Z_80 / math.sqrt(cost.customers) if cost.customers else 0.0


def _arrived(seen: Outlook, months: Floats, horizon: Months) -> Floats:
    """Return the share of a new customer's repeat orders placed within each of `months` `(m,)`."""
    if not seen.usual:
        return np.zeros(len(months))
    weeks = np.append(np.minimum(months, horizon), horizon) * DAYS_PER_MONTH / DAYS
    grown = np.mean([model.expected_new(weeks) for model in seen.usual.values()], axis=0)
    shares: Floats = grown[:-1] / grown[-1] if grown[-1] > 0 else np.zeros(len(months))
    return shares


def _reached(total: Floats, cac: float) -> int | None:
    """Return the first month by whose end the total `(m,)` has reached the CAC."""
    months = np.flatnonzero(total >= cac)
    return int(months[0]) + 1 if len(months) else None


def _number(row: Row, key: str) -> float:
    value = row.get(key)
    return float(value) if isinstance(value, (int, float)) else 0.0
