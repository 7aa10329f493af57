"""CAC of the customers of a segment, and the return on marginal spend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.results import Estimate, Sentence, Source
from ltvcli.results.segments import Budget
from ltvcli.units import Money

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.results.acquisition import Acquisition

    Floats = NDArray[np.float64]


class Cost(Struct, frozen=True, kw_only=True):
    """CAC of a segment, from the spend for `customers`, or 0 where it was given.

    `marginal` is the cost of an additional customer; where that is not known, `marginal_missing`
    may give the reason.
    """

    cac: Estimate | None = None
    customers: int = 0
    marginal: Estimate | None = None
    marginal_missing: Sentence | None = None


def of(name: str, given: Mapping[str, Money], spent: Acquisition | None) -> Cost:
    """Find the CAC of a segment.

    Args:
        name: of the segment.
        given: numbers by name; a given CAC is that of every segment.
        spent: CAC by channel; None without spend.
    """
    from ltvcli.analyses.acquisition import cac as acquisition

    channel = acquisition.of_segment(spent, name) if spent else None
    marginal = channel.marginal if channel else None
    missing = channel.marginal_missing if channel else None
    if "cac" in given:
        cac = Estimate(value=given["cac"], source=Source.GIVEN)
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
        ltv: `(1 + G,)`, of all customers of the segment, then of all but each bucket.
        cost: of the segment.

    Returns:
        None without an LTV, or without a CAC above 0.
    """
    if ltv is None or cost.cac is None or cost.cac.value <= 0:
        return None
    from ltvcli.analyses.acquisition import estimates
    from ltvcli.stats.inference import jackknife

    replicates = ltv / cost.cac.value
    spread = jackknife.skew_corrected(replicates)
    if spread is None:
        return Estimate(value=float(replicates[0]), source=Source.MEASURED)
    if cost.customers:
        spread = estimates.with_count_noise(spread, cost.customers)
    return Estimate(
        value=spread.value,
        low=spread.low,
        high=spread.high,
        source=Source.MEASURED,
    )


def return_on_spend(ltv: Estimate | None, marginal: Estimate | None) -> Estimate | None:
    """Return the revenue of each extra 1 of spend: LTV over marginal CAC.

    The ends combine the worst and the best ends of both, which covers more than 95%.

    >>> ltv = Estimate(value=30.0, low=24.0, high=36.0, source=Source.MEASURED)
    >>> more = Estimate(value=10.0, low=8.0, high=12.0, source=Source.MEASURED)
    >>> marginal_return = return_on_spend(ltv, more)
    >>> marginal_return.value, marginal_return.low, marginal_return.high
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


def spend_advice(estimate: Estimate | None) -> Budget | None:
    """Return whether an extra 1 of spend returns more than 1, less, or neither is certain."""
    if estimate is None:
        return None
    if estimate.low is not None and estimate.low > 1:
        return Budget.MORE
    if estimate.high is not None and estimate.high < 1:
        return Budget.LESS
    return Budget.UNKNOWN
