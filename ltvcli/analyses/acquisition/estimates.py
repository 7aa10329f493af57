"""One cost of a new customer, from spend and customers: average and marginal, with interval."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.results import Estimate, Quantity, Sentence, Source
from ltvcli.stats.inference import marginal_cost, poisson_interval
from ltvcli.units import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.valuation.measured import Measured
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.stats.inference.jackknife import Spread

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

WHY = {
    marginal_cost.FEW: N_(
        "What one new customer more cost is not known: it takes {enough} whole months, and there "
        "are {months}."
    ),
    marginal_cost.STEADY: N_(
        "What one new customer more cost is not known: spend hardly changed from month to month."
    ),
    marginal_cost.NOISE: N_(
        "What one new customer more cost is not known: customers did not move with spend more "
        "than they do by chance."
    ),
}
"""Why there is no marginal CAC."""


def average(spend: float, customers: int) -> Estimate | None:
    """Return spend per customer with its counting noise; None without new customers.

    What was spent is known, how many came of it is chance: the interval is that of the count.

    >>> found = average(1000, 10)
    >>> found.value, round(found.low), round(found.high)
    (100.0, 54, 209)
    """
    if not customers:
        return None
    low, high = poisson_interval.interval(customers)
    return Estimate(
        value=spend / customers, low=spend / high, high=spend / low, source=Source.MEASURED
    )


def with_costs(measured: Measured | None, acquisition: Acquisition | None) -> Measured | None:
    """Add what new customers cost to what was measured: the three figures, each with its interval.

    The blended one, the lowest where customers come by themselves, is what LTV/CAC is taken over:
    LTV too is that of all customers.
    """
    if measured is None or acquisition is None:
        return measured
    costs = {
        "cac": acquisition.blended,
        "cac_paid": acquisition.paid,
        "cac_marginal": acquisition.marginal,
    }
    known = {key: one for key, one in costs.items() if one}
    limits = {
        key: (one.low, one.high)
        for key, one in known.items()
        if one.low is not None and one.high is not None
    }
    return replace(
        measured,
        values={**measured.values, **{key: one.value for key, one in known.items()}},
        sources={**measured.sources, **dict.fromkeys(known, Source.MEASURED)},
        limits={**measured.limits, **limits},
        won=acquisition.customers,
    )


def over(ratio: Spread, customers: int) -> Spread:
    """Add the noise of counting `customers` to an LTV/CAC that took their CAC for certain.

    What a customer brings and how many come are independent, so their relative errors add as
    squares; that of a count is 1 / sqrt(count). The third moment stays, so the skewness shrinks.

    >>> from ltvcli.stats.inference.jackknife import Spread
    >>> over(Spread(value=3.0, error=0.4, degrees=99), 100).error
    0.5
    """
    error = math.hypot(ratio.error, ratio.value / math.sqrt(customers))
    share = ratio.error / error if error else 0.0
    return replace(ratio, error=error, skewness=ratio.skewness * share**3)


def marginal(month: Ints, spend: Floats, customers: Ints, whole: Bools) -> Estimate | Sentence:
    """Compare whole months with one another; or say why that tells nothing.

    Args:
        month: `(m,)` months counted from anywhere, ascending.
        spend: `(m,)` spend of each.
        customers: `(m,)` new customers of each.
        whole: `(m,)` whether both are known of all its days.
    """
    found = marginal_cost.marginal_cost(month[whole], spend[whole], customers[whole])
    if not isinstance(found, str):
        return Estimate(value=found.value, low=found.low, high=found.high, source=Source.MEASURED)
    if found != marginal_cost.FEW:
        return Sentence(WHY[found])
    counted = {"months": int(whole.sum()), "enough": marginal_cost.ENOUGH_MONTHS}
    return Sentence(WHY[found], {key: Quantity(n, Unit.COUNT) for key, n in counted.items()})
