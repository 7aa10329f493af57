"""CAC from spend and customers, average and marginal, with its interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec.structs import replace

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
        "Marginal CAC is unknown: it requires {enough} full months, and there are {months}."
    ),
    marginal_cost.STEADY: N_("Marginal CAC is unknown: spend hardly changed from month to month."),
    marginal_cost.NOISE: N_(
        "Marginal CAC is unknown: new customers did not follow spend more than by chance."
    ),
}
"""Reasons for no marginal CAC."""


def average(spend: float, customers: int) -> Estimate | None:
    """Return spend per customer with its counting noise; None without new customers.

    The spend is known exactly, the number of customers is random: the interval is that of a count.

    >>> cac = average(1000, 10)
    >>> cac.value, round(cac.low), round(cac.high)
    (100.0, 54, 209)
    """
    if not customers:
        return None
    low, high = poisson_interval.interval(customers)
    return Estimate(
        value=spend / customers, low=spend / high, high=spend / low, source=Source.MEASURED
    )


def with_costs(measured: Measured | None, acquisition: Acquisition | None) -> Measured | None:
    """Add the three costs of new customers to the measured figures, each with its interval.

    LTV/CAC uses the blended CAC, the lowest if there are organic customers: LTV is also that of all
    customers.
    """
    if measured is None or acquisition is None:
        return measured
    costs = {
        "cac": acquisition.blended,
        "cac_paid": acquisition.paid,
        "cac_marginal": acquisition.marginal,
    }
    known = {key: estimate for key, estimate in costs.items() if estimate}
    limits = {
        key: (estimate.low, estimate.high)
        for key, estimate in known.items()
        if estimate.low is not None and estimate.high is not None
    }
    return replace(
        measured,
        values={**measured.values, **{key: estimate.value for key, estimate in known.items()}},
        sources={**measured.sources, **dict.fromkeys(known, Source.MEASURED)},
        limits={**measured.limits, **limits},
        won=acquisition.customers,
    )


def with_count_noise(ratio: Spread, customers: int) -> Spread:
    """Add the noise of the number of `customers` to an LTV/CAC with an exact CAC.

    The value and the number of customers are independent, so their relative errors add as squares;
    that of a count is 1 / sqrt(count). The third moment is unchanged, so the skewness shrinks.

    >>> from ltvcli.stats.inference.jackknife import Spread
    >>> with_count_noise(Spread(value=3.0, error=0.4, degrees=99), 100).error
    0.5
    """
    error = math.hypot(ratio.error, ratio.value / math.sqrt(customers))
    share = ratio.error / error if error else 0.0
    return replace(ratio, error=error, skewness=ratio.skewness * share**3)


def marginal(month: Ints, spend: Floats, customers: Ints, complete: Bools) -> Estimate | Sentence:
    """Estimate the marginal CAC from complete months, or return the reason why it is unknown.

    Args:
        month: `(m,)` months counted from anywhere, ascending.
        spend: `(m,)` spend of each.
        customers: `(m,)` new customers of each.
        complete: `(m,)` whether both are known on all its days.
    """
    slope = marginal_cost.marginal_cost(month[complete], spend[complete], customers[complete])
    if not isinstance(slope, str):
        return Estimate(value=slope.value, low=slope.low, high=slope.high, source=Source.MEASURED)
    if slope != marginal_cost.FEW:
        return Sentence(WHY[slope])
    counted = {"months": int(complete.sum()), "enough": marginal_cost.ENOUGH_MONTHS}
    return Sentence(WHY[slope], {key: Quantity(n, Unit.COUNT) for key, n in counted.items()})
