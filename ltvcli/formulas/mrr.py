"""Rates of recurring revenue, from sums of one period.

All are fractions of the opening MRR or customers; None where these are 0. Movements are amounts of
MRR, never negative.
"""

from __future__ import annotations

from ltvcli.units import Money, Rate


def share(numerator: float, denominator: float) -> float | None:
    """Return `numerator / denominator`; None where the denominator is not above 0.

    >>> share(3, 4), share(0, 0)
    (0.75, None)
    """
    return numerator / denominator if denominator > 0 else None


def arpu(mrr: Money, customers: int) -> Money | None:
    """Return MRR per paying customer.

    ChartMogul's ARPA of 100, 100, 300, 500 and 500:

    >>> arpu(mrr=1500, customers=5)
    300.0
    """
    return share(mrr, customers)


def logo_churn(lost: int, customers: int) -> Rate | None:
    """Return the customers lost in the period, as a share of those a convention divides by.

    >>> logo_churn(lost=10, customers=100)
    0.1
    """
    return share(lost, customers)


def gross_mrr_churn(opening: Money, *, churn: Money, contraction: Money) -> Rate | None:
    """Return the MRR lost to churn and downgrades, as a share of the opening MRR.

    Args:
        opening: MRR at the start of the period.
        churn: MRR of customers who left.
        contraction: MRR lost to downgrades.

    >>> gross_mrr_churn(100, churn=10, contraction=10)
    0.2
    """
    return share(churn + contraction, opening)


def net_mrr_churn(
    opening: Money, *, churn: Money, contraction: Money, expansion: Money, reactivation: Money
) -> Rate | None:
    """Return gross MRR churn less upgrades and returning customers; negative is growth.

    Args:
        opening: MRR at the start of the period.
        churn: MRR of customers who left.
        contraction: MRR lost to downgrades.
        expansion: MRR of upgrades.
        reactivation: MRR of returning customers.

    >>> net_mrr_churn(100, churn=10, contraction=10, expansion=10, reactivation=0)
    0.1
    """
    return share(churn + contraction - expansion - reactivation, opening)


def grr(opening: Money, *, churn: Money, contraction: Money) -> Rate | None:
    """Return gross revenue retention: the share of the opening MRR kept, without upgrades.

    Args:
        opening: MRR at the start of the period.
        churn: MRR of customers who left.
        contraction: MRR lost to downgrades.

    >>> grr(100, churn=10, contraction=10)
    0.8
    """
    lost = gross_mrr_churn(opening, churn=churn, contraction=contraction)
    return None if lost is None else 1 - lost


def nrr(opening: Money, *, churn: Money, contraction: Money, expansion: Money) -> Rate | None:
    """Return net revenue retention: the MRR of the opening's customers now, over that then.

    New and returning customers do not count.

    Args:
        opening: MRR at the start of the period.
        churn: MRR of customers who left.
        contraction: MRR lost to downgrades.
        expansion: MRR of upgrades.

    >>> nrr(100, churn=10, contraction=10, expansion=30)
    1.1
    """
    return share(opening + expansion - contraction - churn, opening)


def quick_ratio(
    *, new: Money, expansion: Money, reactivation: Money, contraction: Money, churn: Money
) -> float | None:
    """Return the MRR gained for each unit of MRR lost; None if nothing was lost.

    Args:
        new: MRR of new customers.
        expansion: MRR of upgrades.
        reactivation: MRR of returning customers.
        contraction: MRR lost to downgrades.
        churn: MRR of customers who left.

    >>> quick_ratio(new=30, expansion=10, reactivation=0, contraction=5, churn=5)
    4.0
    """
    return share(new + expansion + reactivation, contraction + churn)
