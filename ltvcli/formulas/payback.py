"""The time in which a customer returns the CAC."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.units import Money, Months, Rate


def simple(cac: Money, monthly_revenue: Money, margin: Rate) -> Months | None:
    """Return the months of margin that cover `cac`, without churn; None if they never do.

    Args:
        cac: per customer.
        monthly_revenue: per active customer.
        margin: share of revenue.

    >>> simple(cac=60000, monthly_revenue=10000, margin=1.0)
    6.0
    """
    monthly = monthly_revenue * margin
    if cac == 0:
        return 0.0
    return cac / monthly if monthly > 0 else None


def observed(cac: Money, by_age: Sequence[Money], margin: Rate) -> Months | None:
    """Return the months until the margin realised per customer covers `cac`, rounded up.

    Args:
        cac: per customer.
        by_age: revenue per customer in age month 0, 1, 2, ...
        margin: share of revenue.

    Returns:
        None if the margin of all these months does not cover it.

    >>> observed(cac=60, by_age=[100.0, 10.0, 20.0], margin=0.5)
    3.0
    """
    total = 0.0
    for age, revenue in enumerate(by_age):
        total += revenue * margin
        if total >= cac:
            return age + 1.0
    return None
