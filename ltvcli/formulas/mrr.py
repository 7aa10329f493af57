"""Rates of recurring revenue: sums of one period in, a rate out.

All are fractions of what was there when the period opened; None where nothing was. Movements are
amounts of MRR, never negative.
"""

from __future__ import annotations

from ltvcli.units import Money, Rate


def share(numerator: float, denominator: float) -> float | None:
    """Return `numerator / denominator`, or None where that divides by 0.

    >>> share(3, 4), share(0, 0)
    (0.75, None)
    """
    return numerator / denominator if denominator > 0 else None


def arpu(mrr: Money, customers: int) -> Money | None:
    """MRR per paying customer.

    ChartMogul's ARPA of 100, 100, 300, 500 and 500:

    >>> arpu(mrr=1500, customers=5)
    300.0
    """
    return share(mrr, customers)


def logo_churn(lost: int, customers: int) -> Rate | None:
    """Customers lost in the period, of those a convention divides by.

    >>> logo_churn(lost=10, customers=100)
    0.1
    """
    return share(lost, customers)


def gross_mrr_churn(opening: Money, *, churn: Money, contraction: Money) -> Rate | None:
    """MRR lost to leaving and downgrading customers, of the opening MRR.

    >>> gross_mrr_churn(100, churn=10, contraction=10)
    0.2
    """
    return share(churn + contraction, opening)


def net_mrr_churn(
    opening: Money, *, churn: Money, contraction: Money, expansion: Money, reactivation: Money
) -> Rate | None:
    """Gross MRR churn less what upgrades and returning customers brought; negative is growth.

    >>> net_mrr_churn(100, churn=10, contraction=10, expansion=10, reactivation=0)
    0.1
    """
    return share(churn + contraction - expansion - reactivation, opening)


def grr(opening: Money, *, churn: Money, contraction: Money) -> Rate | None:
    """Gross revenue retention: what is left of the opening MRR, upgrades not counted.

    >>> grr(100, churn=10, contraction=10)
    0.8
    """
    lost = gross_mrr_churn(opening, churn=churn, contraction=contraction)
    return None if lost is None else 1 - lost


def nrr(opening: Money, *, churn: Money, contraction: Money, expansion: Money) -> Rate | None:
    """Net revenue retention: what the customers of the opening pay now. New and returning: not.

    >>> nrr(100, churn=10, contraction=10, expansion=30)
    1.1
    """
    return share(opening + expansion - contraction - churn, opening)


def quick_ratio(
    *, new: Money, expansion: Money, reactivation: Money, contraction: Money, churn: Money
) -> float | None:
    """MRR won for each unit of MRR lost; None if nothing was lost.

    >>> quick_ratio(new=30, expansion=10, reactivation=0, contraction=5, churn=5)
    4.0
    """
    return share(new + expansion + reactivation, contraction + churn)
