"""F2 and F3 conversion: how many customers come back for a second and a third order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ltvcli.analyses.valuation.by_age import Samples
from ltvcli.analyses.valuation.estimates import estimate
from ltvcli.results import Source
from ltvcli.results.cohorts import Conversion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Conversions

SHARES = {
    "f2_conversion": ("returned", "observed"),
    "f3_conversion": ("returned_second", "observed_second"),
}
"""Figure: the counts in facts that it is the ratio of."""


def of_all(counts: Conversions) -> Conversion:
    """Return the conversions of all customers."""
    return _conversion(counts, np.ones(len(counts.bucket), dtype=bool))


def by_cohort(counts: Conversions, months: NDArray[np.int64], span: int) -> list[Conversion]:
    """Return the conversions of each cohort.

    Args:
        counts: by month of the first order.
        months: first month of each cohort, in order, as facts count months: `(C,)`.
        span: months in a cohort.
    """
    cohorts = counts.cohort // span * span
    return [_conversion(counts, cohorts == month) for month in months.tolist()]


def _conversion(counts: Conversions, rows: NDArray[np.bool_]) -> Conversion:
    """Divide the counts in some rows, with intervals from leaving out one bucket at a time."""
    shares: dict[str, Any] = {}
    for key, (returning, base) in SHARES.items():
        used = rows & (getattr(counts, base) > 0)
        bucket = counts.bucket[used]
        if not used.any():
            continue
        samples = Samples(bucket)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = samples.total(bucket, getattr(counts, returning)[used]) / samples.total(
                bucket, getattr(counts, base)[used]
            )
        shares[key] = estimate(share, Source.MEASURED, 0.0, 1.0)
    return Conversion(**shares)
