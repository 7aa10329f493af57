"""Retention of recurring revenue between two days: the definition that surveys use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

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
        first: first day of the data; nothing is known of a window that opens before it.

    NRR is their MRR at the end of `closes` over that at the end of `opens`; GRR the same, nobody
    counted for more than then. Intervals are from leaving out one bucket of customers at a time,
    Wilson's for churn. Where nothing was lost, a share of 3 / customers may still be.
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
    found = {"nrr": ratio("closing"), "grr": _seen(ratio("kept"), customers)}
    if found["nrr"] and found["nrr"].low == found["nrr"].high:
        found["nrr"] = replace(found["nrr"], low=None, high=None)
    churn = mean_churn.last_months([customers], [gone])
    assert churn is not None
    found["logo_churn"] = Estimate(
        value=churn.value, low=churn.low, high=churn.high, source=Source.MEASURED
    )
    return {key: value for key, value in found.items() if value is not None}


def _seen(grr: Estimate | None, customers: int) -> Estimate | None:
    """Lower the low end where nothing was lost: that nobody did is no proof that nobody will."""
    if grr is None or grr.value < 1:
        return grr
    return replace(grr, low=max(0.0, 1 - mean_churn.RULE_OF_THREE / customers), high=1.0)
