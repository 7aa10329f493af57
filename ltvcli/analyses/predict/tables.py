"""Rows of the tables of `ltv predict`, as documented in results/prediction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.analyses.predict.intervals import Uncertainty
from ltvcli.analyses.predict.new_customers import ALL
from ltvcli.results import interval_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.new_customers import Newcomer
    from ltvcli.facts.purchases import ForecastSums
    from ltvcli.results import Row
    from ltvcli.results.behaviour import ForecastBehaviour

    Floats = NDArray[np.float64]


def totals(
    sums: ForecastSums, uncertainty: Uncertainty, margin: float, discount_factor: float
) -> tuple[Row, ...]:
    """Return past and future separately.

    Args:
        sums: of all customers.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    nobody = np.zeros(len(sums.customers), dtype=np.int64)
    (both,) = _groups(sums, [""], nobody, "part", uncertainty, margin, discount_factor)
    future = ("orders", "orders_low", "orders_high", "value", "value_low", "value_high")
    return (
        {"part": "past", "orders": both["past_orders"], "value": both["past_value"]},
        {"part": "future", **{key: both[key] for key in future}},
    )


def segments(
    sums: ForecastSums,
    names: Sequence[str],
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return past and future by segment, if there are several.

    Args:
        sums: of all customers.
        names: of the segments, by code.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    if len(names) > 1:
        yield from _groups(
            sums, names, sums.segment, "segment", uncertainty, margin, discount_factor
        )


def cohorts(
    sums: ForecastSums, uncertainty: Uncertainty, margin: float, discount_factor: float
) -> Iterator[Row]:
    """Return past and future by month of the first order.

    Args:
        sums: of all customers.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    months, which = np.unique(sums.cohort, return_inverse=True)
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months.tolist()]
    yield from _groups(sums, names, which, "cohort", uncertainty, margin, discount_factor)


def _groups(
    sums: ForecastSums,
    keys: Sequence[str],
    which: NDArray[np.int64],
    name: str,
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return past and future of each group `which` `(n,)`, in the order of `keys`."""
    for code, key in enumerate(keys):
        where = which == code
        customers = int(sums.customers[where].sum())
        if not customers:
            continue
        orders, value = float(sums.orders[where].sum()), float(sums.value[where].sum())
        revenue = value / (margin * discount_factor) if margin * discount_factor else 0.0
        low, high = uncertainty.limits(orders, uncertainty.of_orders(orders))
        least, most = uncertainty.limits(value, uncertainty.of_value(orders, revenue))
        past = float(sums.past_spend[where].sum()) * margin
        yield {
            name: key,
            "customers": customers,
            "past_orders": int(sums.past_orders[where].sum()),
            "past_value": past,
            "orders": orders,
            "orders_low": low,
            "orders_high": high,
            "value": value,
            "value_low": least,
            "value_high": most,
            "pltv": (past + value) / customers,
            "pltv_low": (past + least) / customers,
            "pltv_high": (past + most) / customers,
        }


def new(
    newcomers: Iterable[Newcomer],
    names: Sequence[str],
    uncertainty: Uncertainty,
    margin: float,
    discount_factor: float,
) -> Iterator[Row]:
    """Return the value of new customers up to the horizon, the first order included.

    Args:
        newcomers: new customers of each kind.
        names: of the segments, by code.
        uncertainty: uncertainty of totals.
        margin: share of revenue.
        discount_factor: discount factor of predicted revenue.
    """
    for newcomer in newcomers:
        first, later = newcomer.first * margin, newcomer.later * margin * discount_factor
        least, most = uncertainty.limits(newcomer.first, math.sqrt(uncertainty.money))
        low, high = uncertainty.limits(later, newcomer.deviation)
        yield {
            "segment": None if newcomer.segment == ALL else names[newcomer.segment],
            "size": None if newcomer.size == ALL else newcomer.size + 1,
            "up_to": newcomer.up_to,
            "customers": newcomer.customers,
            "first_order": newcomer.first,
            "first_order_low": least,
            "first_order_high": most,
            "orders": 1 + newcomer.repeats,
            "value": first + later,
            "value_low": first + later - math.hypot(first - least * margin, later - low),
            "value_high": first + later + math.hypot(most * margin - first, high - later),
        }


def models(outlook: Outlook) -> Iterator[Row]:
    """Return the parameters of the models fitted to all data."""
    for name, model in outlook.fits.items():
        for key, value in model.optimum.parameters.items():
            yield {
                "model": name,
                "fitted": model.name,
                "parameter": key,
                "value": value,
                "standard_error": model.optimum.standard_errors.get(key),
                "log_likelihood": model.optimum.log_likelihood,
            }


def behaviour(record: ForecastBehaviour) -> Row:
    """Return the row of early behaviour: whether it is used, and what it saves."""
    return {
        "days": record.days,
        "cutoff": record.cutoff.isoformat() if record.cutoff else None,
        "customers": record.customers,
        **interval_columns("error_saved", record.saved),
        "used": record.used,
    }
