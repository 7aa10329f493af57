"""What winning the customers of a segment cost, and what one more of them is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.results import Estimate, Sentence, Source
from ltvcli.results.segments import Budget
from ltvcli.units import Money

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.results.acquisition import Acquisition

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CAC of a segment: `customers` stand behind it, none where it was given.

    `marginal` is what one customer more cost; where that is not known, `marginal_missing` may say
    why.
    """

    cac: Estimate | None = None
    customers: int = 0
    marginal: Estimate | None = None
    marginal_missing: Sentence | None = None


def of(name: str, said: Mapping[str, Money], found: Acquisition | None) -> Cost:
    """Look up what winning a customer of a segment cost; a CAC given is that of every segment."""
    from ltvcli.analyses.acquisition import cac as acquisition

    channel = acquisition.of_segment(found, name) if found else None
    marginal = channel.marginal if channel else None
    missing = channel.marginal_missing if channel else None
    if "cac" in said:
        cac = Estimate(value=said["cac"], source=Source.GIVEN)
        return Cost(cac=cac, marginal=marginal, marginal_missing=missing)
    if channel is None:
        return Cost()
    return Cost(
        cac=channel.cac,
        customers=channel.customers or 0,
        marginal=marginal,
        marginal_missing=missing,
    )


def ratio(ltv: Floats | None, cost: Cost) -> Estimate | None:
    """Divide a lifetime value by CAC, with the noise of both.

    Args:
        ltv: `(1 + G,)`, of all customers of the segment and of all but one bucket after another.
        cost: of the segment.
    """
    if ltv is None or cost.cac is None or cost.cac.value <= 0:
        return None
    from ltvcli.analyses.acquisition import estimates
    from ltvcli.stats.inference import jackknife

    whole = ltv / cost.cac.value
    spread = jackknife.skew_corrected(whole)
    if spread is None:
        return Estimate(value=float(whole[0]), source=Source.MEASURED)
    if cost.customers:
        spread = estimates.over(spread, cost.customers)
    return Estimate(
        value=spread.value,
        low=spread.low,
        high=spread.high,
        source=Source.MEASURED,
    )


def returned(ltv: Estimate | None, marginal: Estimate | None) -> Estimate | None:
    """Return what each further 1 of spend brings: lifetime value over marginal CAC.

    The ends take the worst and the best end of both, which is more than 95% sure.

    >>> ltv = Estimate(value=30.0, low=24.0, high=36.0, source=Source.MEASURED)
    >>> more = Estimate(value=10.0, low=8.0, high=12.0, source=Source.MEASURED)
    >>> found = returned(ltv, more)
    >>> found.value, found.low, found.high
    (3.0, 2.0, 4.5)
    """
    if ltv is None or marginal is None or marginal.value <= 0:
        return None
    known = (ltv.low, ltv.high, marginal.low, marginal.high)
    if None in known or not marginal.low or not marginal.high:
        return Estimate(value=ltv.value / marginal.value, source=Source.MEASURED)
    low, high = ltv.low or 0.0, ltv.high or 0.0
    return Estimate(
        value=ltv.value / marginal.value,
        low=min(low / marginal.low, low / marginal.high),
        high=max(high / marginal.low, high / marginal.high),
        source=Source.MEASURED,
    )


def budget(estimate: Estimate | None) -> Budget | None:
    """Return whether a further 1 of spend brings back more than 1, less, or neither is certain."""
    if estimate is None:
        return None
    if estimate.low is not None and estimate.low > 1:
        return Budget.MORE
    if estimate.high is not None and estimate.high < 1:
        return Budget.LESS
    return Budget.UNKNOWN
