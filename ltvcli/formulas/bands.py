"""The bounds of the grades.

Source: David Skok, SaaS Metrics 2.0, forentrepreneurs.com, for 3 times CAC and 12 months; the finer
steps are the same rule of thumb divided further. Rules of thumb, not laws.
"""

from __future__ import annotations

from bisect import bisect_right

from ltvcli.units import Months

# LTV/CAC from which a grade is caution, improvable, healthy; below the first it is danger.
LTV_TO_CAC = (1.0, 2.0, 3.0)

FAST_UNDER: Months = 6.0
IDEAL_UP_TO: Months = 12.0

# With fewer customers, or fewer whole months of observation, there is no grade.
ENOUGH_CUSTOMERS = 30
ENOUGH_MONTHS = 3


def band(ltv_to_cac: float) -> int:
    """Count the steps of LTV_TO_CAC that are reached: 0 danger, up to 3 healthy.

    >>> band(3.0), band(2.99), band(-1.0)
    (3, 2, 0)
    """
    return bisect_right(LTV_TO_CAC, ltv_to_cac)
