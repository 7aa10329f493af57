"""Left truncation: customers who seem new because the data begins late, and their effect."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from msgspec.structs import asdict, replace

from ltvcli.analyses.cohorts.triangle import first_day, of
from ltvcli.analyses.valuation.by_age import Samples, default_horizon, longest_observed
from ltvcli.facts.orders import Observed, Triangle
from ltvcli.formulas import left_truncation as rule
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.results.left_truncation import LeftTruncation
from ltvcli.stats.inference import jackknife
from ltvcli.units import DAYS_PER_MONTH, month_index, monthly_from_yearly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.settings.assumptions import Assumptions

Sums = TypeVar("Sums", Triangle, Observed)

# A first month of this many times the usual one may hold old customers, if its customers bring more
# than later ones; from rule.FAR_MORE on it is reported either way.
MORE = 1.5
MOVED = ("months", "ltv", "without", "difference", "difference_low", "difference_high")


def find(facts: Facts, settings: Assumptions) -> LeftTruncation | None:
    """Find first months with too many customers who seem new, and measure their effect.

    Nearly all orders of the first month are first orders in every data set, of a new shop and of an
    old one. What distinguishes them is the number of new customers compared with the months that
    follow, and their value at the same age: customers acquired before the data begins are the loyal
    ones; those of an opening or of a season are not.

    Args:
        facts: sums over orders.
        settings: margin, discount.
    """
    first, came = _came(facts)
    rates = came.astype(float)
    days = monthrange(facts.first.year, facts.first.month)[1] - facts.first.day + 1
    share = min(1.0, days / DAYS_PER_MONTH)
    rates[:1] /= share  # scaled to the full month
    truncation = rule.inflated_months(rates.tolist(), MORE)
    if truncation is None or truncation.months == len(came):
        return None
    customers = int(came[: truncation.months].sum())
    extra = customers - truncation.usual * (truncation.months - 1 + share)
    # An inflated month has at least 1.5 times the usual number, so at least a third of its
    # customers are extra. With 30 extra customers or more that is over three standard errors of the
    # count.
    if extra < ENOUGH_CUSTOMERS:
        return None
    since = first + truncation.months
    moved = _moved(facts, since, settings)
    old = (moved["difference_low"] or 0.0) > 0
    if not old and rates[0] < rule.FAR_MORE * truncation.usual:
        return None
    return LeftTruncation(
        since=first_day(since),
        customers=customers,
        extra=round(extra),
        usual=truncation.usual,
        old=old,
        **moved,
    )


def _came(facts: Facts) -> tuple[int, NDArray[np.int64]]:
    """Return the first month, and the new customers of each month that is complete at as_of."""
    first = month_index(facts.first)
    last = month_index(facts.as_of)
    over = facts.as_of.day == monthrange(facts.as_of.year, facts.as_of.month)[1]
    months = facts.observed.cohort - first
    came = np.bincount(months, facts.observed.customers, minlength=last - first + 1)
    return first, came.astype(np.int64)[: None if over else -1]


def find_in_orders(facts: Facts | Subscriptions, settings: Assumptions) -> LeftTruncation | None:
    """Find inflated first months of orders; subscriptions carry their own start dates."""
    from ltvcli.facts.orders import Facts

    return find(facts, settings) if isinstance(facts, Facts) else None


def _moved(facts: Facts, since: int, settings: Assumptions) -> dict[str, Any]:
    """Value customers with and without those acquired before `since`, over a common horizon.

    It is the requested horizon, if enough later customers were observed for it, else the default of
    later customers, as in `ltv calc --new-since`.
    """
    samples = Samples(facts.observed.bucket, facts.triangle.bucket)
    later = replace(
        facts, triangle=_from(facts.triangle, since), observed=_from(facts.observed, since)
    )
    customers = int(later.observed.customers.sum())
    months = default_horizon(later.observed, customers)
    if settings.horizon and settings.horizon <= longest_observed(later.observed, customers):
        months = int(settings.horizon)
    if not months:
        return dict.fromkeys(MOVED)
    discount = monthly_from_yearly(settings.discount or 0.0)
    values = [
        of(table, None, "month", settings.margin, samples).values("ltv", discount)[-1, months - 1]
        for table in (facts, later)
    ]
    difference = values[0] - values[1]
    spread = jackknife.spread(difference)
    ends = (
        (None, None)
        if spread is None
        else (float(difference[0]) - spread.half_width, float(difference[0]) + spread.half_width)
    )
    effects = (months, float(values[0][0]), float(values[1][0]), float(difference[0]), *ends)
    return dict(zip(MOVED, effects, strict=True))


def _from(table: Sums, since: int) -> Sums:
    """Keep the rows of cohorts from a month on."""
    kept = table.cohort >= since
    return replace(table, **{name: column[kept] for name, column in asdict(table).items()})
