"""A scenario of new customers, beside the forecast of known ones.

How many come is assumed. What they bring follows from their first order and from the repeat orders
of a new customer, as far as the horizon leaves time. Its uncertainty is that of the forecast, of
the value of new customers by age (how far cohorts differed so far), and the noise of single ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.analyses.predict import cohort_spread
from ltvcli.analyses.predict.forecasts import DAYS
from ltvcli.errors import LastYearTruncatedError, NewCustomersUnvaluedError, NoLastYearError
from ltvcli.facts import purchases as records_of
from ltvcli.results import Row
from ltvcli.settings.parsing import LAST_YEAR
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.units import DAYS_PER_MONTH, Months, Rate, monthly_from_yearly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.predict.cohort_spread import CohortSpread
    from ltvcli.analyses.predict.forecasts import Outlook
    from ltvcli.analyses.predict.intervals import Uncertainty
    from ltvcli.analyses.predict.new_customers import Newcomer
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.results.left_truncation import LeftTruncation
    from ltvcli.settings.assumptions import Assumptions

    Floats = NDArray[np.float64]

_IN_COMMON = 0.5  # share of the variance between cohorts that does not average out over the next
YEAR = 365
"""Days of the past from which the new customers of last year are counted."""


class Scenario(Struct, frozen=True, kw_only=True):
    """The assumed number of new customers, per month or LAST_YEAR, and derived figures."""

    asked: int | str
    rows: tuple[Row, ...]


class Ahead(Struct, frozen=True, kw_only=True):
    """Forecast of new customers within the horizon; money is revenue, discounted.

    customers: that come. repeats: their orders after the first. `first` and `later` are the values
    of first and of repeat orders.
    """

    customers: float
    repeats: float
    first: float
    later: float


def of(
    engine: Engine,
    facts: Facts,
    settings: Assumptions,
    newcomer: Newcomer | None,
    known: Row,
    seen: Outlook,
    uncertainty: Uncertainty,
    margin: Rate,
    worth: float,
    truncation: LeftTruncation | None,
) -> Scenario | None:
    """Return the scenario that the settings ask for; None if they ask for none.

    Args:
        engine: holds `customers`.
        facts: of all orders.
        settings: new_customers, discount.
        newcomer: a new customer of any kind, over the horizon; None where none could be valued.
        known: the future of known customers, as in `totals`.
        seen: forecasts of today.
        uncertainty: of totals.
        margin: share of revenue.
        worth: discount factor of the revenue of known customers.
        truncation: first months of the data with customers who only seem new.

    Raises:
        UnansweredError: the data cannot say what new customers bring, or how many came last year.
    """
    asked = settings.new_customers
    if asked is None:
        return None
    if newcomer is None:
        raise NewCustomersUnvaluedError(asked=f"--new-customers {asked}")
    days = max(1, round(seen.weeks * DAYS))
    months = settings.horizon or days / DAYS_PER_MONTH
    coming = arrivals(engine, facts, asked, days, months, truncation)
    new = add_up(coming, newcomer, seen, settings.discount or 0.0)
    spread = cohort_spread.of(facts, math.ceil(days / DAYS_PER_MONTH))
    return Scenario(
        asked=asked, rows=rows(new, known, newcomer, uncertainty, spread, margin, worth)
    )


def arrivals(
    engine: Engine,
    facts: Facts,
    asked: int | str,
    days: int,
    months: Months,
    truncation: LeftTruncation | None,
) -> Floats:
    """Return the new customers that are assumed for each day of the horizon `(d,)`.

    Args:
        engine: holds `customers`.
        facts: of all orders.
        asked: per month, or LAST_YEAR for those of the same days of last year; days past the first
            year repeat it.
        days: of the horizon.
        months: the same in months.
        truncation: first months of the data with customers who only seem new.

    Raises:
        NoLastYearError: the data does not cover a year.
        LastYearTruncatedError: it begins too late to tell who was new.
    """
    if asked != LAST_YEAR:
        return np.full(days, float(asked) * months / days)
    history = (facts.as_of - facts.first).days + 1
    came = records_of.new_customers(engine, facts, YEAR)
    usual = max(round(float(came.sum()) / min(history, YEAR) * DAYS_PER_MONTH), 1)
    if history < YEAR:
        raise NoLastYearError(enough=YEAR, days=history, usual=usual)
    if truncation and (facts.as_of - truncation.since).days < YEAR - 1:
        raise LastYearTruncatedError(
            first=facts.first, since=truncation.since, extra=truncation.extra, usual=usual
        )
    return came[::-1][np.arange(days) % YEAR]


def add_up(coming: Floats, newcomer: Newcomer, outlook: Outlook, discount: Rate) -> Ahead:
    """Return the forecast of new customers, by day of the first order.

    Args:
        coming: customers by day `(d,)`; they come in the middle of it.
        newcomer: a new customer of any kind, over the horizon.
        outlook: forecasts of today.
        discount: per year.
    """
    days = len(coming)
    ages = np.append(0.0, np.arange(days) + 0.5) / (days / outlook.weeks)
    grown = np.mean([kind.expected_new(ages) for kind in outlook.usual.values()], axis=0)
    horizon = np.array([outlook.weeks])
    to_horizon = float(np.mean([kind.expected_new(horizon) for kind in outlook.usual.values()]))
    repeats = np.convolve(coming, np.diff(grown))[:days] * (newcomer.repeats / to_horizon)
    months = (np.arange(days) + 0.5) / DAYS_PER_MONTH
    worth = (1 + monthly_from_yearly(discount)) ** -months
    paid = newcomer.later / newcomer.repeats if newcomer.repeats else 0.0
    return Ahead(
        customers=float(coming.sum()),
        repeats=float(repeats.sum()),
        first=dot(coming, worth) * newcomer.first,
        later=dot(repeats, worth) * paid,
    )


def rows(
    new: Ahead,
    known: Row,
    newcomer: Newcomer,
    uncertainty: Uncertainty,
    spread: CohortSpread,
    margin: Rate,
    worth: float,
) -> tuple[Row, ...]:
    """Return known customers, new ones, and both, with 80% intervals.

    Season and trend move the repeat orders of known and of new customers alike; all other errors
    are independent.

    Args:
        new: what new customers bring.
        known: the future of known customers, as in `totals`.
        newcomer: a new customer, over the horizon.
        uncertainty: of totals.
        spread: of cohorts.
        margin: share of revenue.
        worth: discount factor of the revenue of known customers.
    """
    of_known = {key: float(known[key] or 0) for key in ("orders", "value")}
    of_new = {"orders": new.repeats, "value": (new.first + new.later) * margin}
    revenue = of_known["value"] / (margin * worth) if margin * worth else 0.0
    learnt = newcomer.deviation**2
    chance = spread.single / max(new.customers, 1.0)
    paid = (new.first**2 * uncertainty.money + new.later**2 * learnt) * margin**2
    between = _IN_COMMON * spread.between
    counted = max(learnt - uncertainty.money, between)
    counted += uncertainty.dispersion / max(new.repeats, 0.5)
    errors = {
        "orders": (uncertainty.of_orders(of_known["orders"]), math.sqrt(counted)),
        "value": (
            uncertainty.of_value(of_known["orders"], revenue),
            math.sqrt(max(paid / max(of_new["value"], 1e-9) ** 2, between) + chance),
        ),
    }
    alike = {
        "orders": uncertainty.shared_by_new,
        "value": (uncertainty.shared_by_new + uncertainty.money) * _share(new.later, new.first),
    }
    ends: dict[str, dict[str, float]] = {"new": {}, "both": {}}
    for key, (error_of_known, error_of_new) in errors.items():
        first = new.customers if key == "orders" else 0.0
        brought, coming = of_known[key], of_new[key]
        both = brought + coming
        variance = (brought * error_of_known) ** 2 + (coming * error_of_new) ** 2
        variance += 2 * brought * coming * alike[key]
        error_of_both = math.sqrt(variance) / both if both else 0.0
        for whose, total, error in (("new", coming, error_of_new), ("both", both, error_of_both)):
            low, high = uncertainty.limits(total, error)
            ends[whose] |= {
                key: first + total,
                f"{key}_low": first + low,
                f"{key}_high": first + high,
            }
    names = [f"{key}{end}" for key in of_new for end in ("", "_low", "_high")]
    return (
        {"part": "known", "new_customers": None, **{name: known[name] for name in names}},
        {"part": "new", "new_customers": new.customers, **ends["new"]},
        {"part": "both", "new_customers": new.customers, **ends["both"]},
    )


def _share(counted: float, rest: float) -> float:
    return counted / (counted + rest) if counted + rest > 0 else 0.0
