"""Retention of recurring revenue between two days, by the definition of surveys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from ltvcli.analyses.valuation.by_age import Samples
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.results import Estimate, Source
from ltvcli.stats.retention import mean_churn

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month; the last day of a month gives the last day.

    >>> months_before(date(2025, 2, 28), 12), months_before(date(2024, 3, 30), 1)
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29))
    """
    ends = (day + timedelta(days=1)).day == 1
    month = 12 * day.year + day.month - 1 - months
    last = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last if ends or day.day > last.day else last.replace(day=day.day)


def between(
    engine: Engine, opens: date, closes: date, first: date | None
) -> Mapping[str, Estimate]:
    """Return nrr, grr and logo_churn of the customers who paid at the end of `opens`.

    Args:
        engine: holds `paid` and `customers`; see `facts.subscriptions.gather`.
        opens: the day before the window.
        closes: the last day of the window.
        first: first day of the data; nothing is known about a window that opens before it.

    NRR is their MRR at the end of `closes` over that at the end of `opens`; GRR is the same with
    each customer's MRR capped at the opening. Intervals are by the jackknife over buckets of
    customers, Wilson's for churn. If nothing was lost, a loss of up to 3 / customers is possible.
    """
    if first is None or first > opens:
        return {}
    rows = engine.columns("facts/subscriptions/year_on_year", {"opens": opens, "closes": closes})
    if not len(rows["bucket"]):
        return {}
    samples = Samples(rows["bucket"])

    def ratio(key: str) -> Estimate | None:
        with np.errstate(divide="ignore", invalid="ignore"):
            share = samples.total(rows["bucket"], rows[key]) / samples.total(
                rows["bucket"], rows["opening"]
            )
        most = 1.0 if key == "kept" else np.inf
        return estimate(share, Source.MEASURED, 0.0, float(most))

    customers, gone = int(rows["customers"].sum()), int(rows["gone"].sum())
    figures = {"nrr": ratio("closing"), "grr": _seen(ratio("kept"), customers)}
    if figures["nrr"] and figures["nrr"].low == figures["nrr"].high:
        figures["nrr"] = replace(figures["nrr"], low=None, high=None)
    churn = mean_churn.last_months([customers], [gone])
    assert churn is not None
    figures["logo_churn"] = Estimate(
        value=churn.value, low=churn.low, high=churn.high, source=Source.MEASURED
    )
    return {key: value for key, value in figures.items() if value is not None}


def _seen(grr: Estimate | None, customers: int) -> Estimate | None:
    """Lower the low end of GRR if nothing was lost, by the rule of three."""
    if grr is None or grr.value < 1:
        return grr
    return replace(grr, low=max(0.0, 1 - mean_churn.RULE_OF_THREE / customers), high=1.0)
