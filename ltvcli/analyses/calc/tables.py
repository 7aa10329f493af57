"""The tables of `ltv calc`: LTV at other horizons, LTV by age, retention, expected lifetime."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.formulas import Value, horizons
from ltvcli.methods import observed
from ltvcli.results import Row, Source

if TYPE_CHECKING:
    from ltvcli.analyses.valuation.measured import Measured


def tables(
    measured: Measured | None, margin: Value, discount: float
) -> Mapping[str, tuple[Row, ...]]:
    """Return LTV by age and, for subscriptions, retention and expected lifetime.

    Args:
        measured: from facts; None without data.
        margin: share of revenue that is kept.
        discount: monthly rate.
    """
    if measured is None:
        return {}
    if measured.retention is None:
        return {"curve": measured.by_age.curve(margin)}
    from ltvcli.analyses.subscriptions import expected_lifetime

    return {
        "curve": measured.by_age.curve(margin, with_orders=False),
        "survival": measured.retention.table(measured.by_age.longest),
        "lifetime": expected_lifetime.table(measured.retention, discount),
    }


def by_horizon(measured: Measured, inputs: Mapping[str, Any]) -> tuple[Row, ...]:
    """List the observed value at every step within the data, and at the horizon.

    `enough` is whether enough customers were observed for a step to be the default horizon.
    """
    ages = measured.by_age
    steps = {step for step in horizons.STEPS if step <= ages.longest}
    required = horizons.customers_required(int(measured.values["customers"]))
    rows: list[Row] = []
    for step in sorted(steps | ({ages.horizon} if ages.horizon else set())):
        active = list(ages.survival.area_by_month(step).T)
        counted = {"revenue_by_age": ages.revenue[:step], "active_by_age": active}
        ltv = estimate(observed.value({**inputs, **counted}), Source.MEASURED)
        rows.append(
            {
                "horizon": step,
                "customers": int(ages.customers[step - 1][0]),
                "enough": bool(ages.customers[step - 1][0] >= required),
                "ltv": ltv.value if ltv else None,
                "ltv_low": ltv.low if ltv else None,
                "ltv_high": ltv.high if ltv else None,
            }
        )
    return tuple(rows)
