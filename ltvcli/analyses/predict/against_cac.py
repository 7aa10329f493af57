"""What is expected of customers against what winning them cost, and when it will be back."""

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
from ltvcli.analyses.valuation import verdict as _verdict
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
    """What customers cost: given for all alike, or measured of all, by channel and by month."""

    def __init__(self, given: Money | None, found: Acquisition | None) -> None:
        self._given = given
        self._found = None if given is not None else found

    @property
    def known(self) -> bool:
        """Return whether a cost is known."""
        return self._given is not None or self._found is not None

    @property
    def of_all(self) -> Cost:
        """Of an average customer, whoever they came by."""
        if self._given is not None:
            return Cost(cac=Estimate(value=self._given, source=Source.GIVEN))
        if self._found is None:
            return Cost()
        return Cost(cac=self._found.blended, customers=self._found.customers)

    def of_segment(self, name: str | None) -> Cost:
        """Of a segment; None is all of them."""
        if name is None or self._given is not None:
            return self.of_all
        return segment_cac.of(name, {}, self._found)

    def of_month(self, name: str) -> Cost:
        """Of those won in a month, "2026-01"."""
        if self._found is None:
            return self.of_all
        month = month_index(date.fromisoformat(f"{name}-01"))
        found = acquisition.of_month(self._found, month)
        return Cost(cac=found.cac, customers=found.customers) if found else Cost()


def groups(rows: Iterable[Row], name: str, costs: Costs) -> Iterator[Row]:
    """Compare the pLTV of segments or cohorts (`name`) with CAC."""
    for row in rows:
        if not costs.known:
            yield row
            continue
        key = str(row[name])
        cost = costs.of_month(key) if name == "cohort" else costs.of_segment(key)
        yield {**row, **_against(row, "pltv", cost)}


def new(
    rows: Iterable[Row], costs: Costs, seen: Outlook, horizon: Months, margin: Rate, worth: float
) -> Iterator[Row]:
    """Compare a new customer with CAC, and return the month of payback.

    The month is that by whose end the margin expected so far, not discounted, reaches the CAC; None
    where it is not reached within the horizon. Its ends take the worst and the best of both, and
    as much off every month's margin as the interval takes off that of the horizon.
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
            **_payback(row, cost, arrived, _number(row, "first_order") * margin, worth),
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
    row: Row, cost: Cost, arrived: Floats, first: float, worth: float
) -> dict[str, int | None]:
    value = _number(row, "value")
    return _returned(row, cost, first + (value - first) / worth * arrived)


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
    """Grade a new customer; probabilities come from the intervals, wider on either side.

    `upper_bound` tells that no margin is known, and that the value is revenue.
    """
    value, low, high = (_number(row, f"pltv_to_cac{end}") for end in ("", "_low", "_high"))
    ratio = Estimate(value=value, low=low, high=high, source=Source.MEASURED)
    below = [_chance_below(step, value, low, high, degrees) for step in LTV_TO_CAC]
    return _verdict.verdict(
        "predicted", ratio, below, None, 0.0 if upper_bound else None, level="80%"
    )


def _chance_below(step: float, value: float, low: float, high: float, degrees: int) -> float:
    end = low if step < value else high
    if value <= 0 or end <= 0 or end == value:
        return float(value < step)
    away = abs(math.log(end / value)) / student_t.quantile((1 + LEVEL) / 2, degrees)
    return student_t.cdf(math.log(step / value) / away, degrees)


def _against(row: Row, key: str, cost: Cost) -> dict[str, float | str | None]:
    """Divide a value with interval by CAC; both add to the noise of their ratio."""
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
        "grade": str(_verdict.grade(value / cac) if enough else Grade.UNKNOWN),
    }


def _noise(cost: Cost) -> float:
    """Half the width of the 80% interval of the log of a CAC: that of counting its customers."""
    return Z_80 / math.sqrt(cost.customers) if cost.customers else 0.0


def _arrived(seen: Outlook, months: Floats, horizon: Months) -> Floats:
    """Share of a new customer's repeat orders to the horizon that has come after so many months."""
    if not seen.usual:
        return np.zeros(len(months))
    weeks = np.append(np.minimum(months, horizon), horizon) * DAYS_PER_MONTH / DAYS
    grown = np.mean([one.expected_new(weeks) for one in seen.usual.values()], axis=0)
    shares: Floats = grown[:-1] / grown[-1] if grown[-1] > 0 else np.zeros(len(months))
    return shares


def _reached(total: Floats, cac: float) -> int | None:
    """First month `(m,)` by whose end the total has reached the CAC."""
    there = np.flatnonzero(total >= cac)
    return int(there[0]) + 1 if len(there) else None


def _number(row: Row, key: str) -> float:
    value = row.get(key)
    return float(value) if isinstance(value, (int, float)) else 0.0
