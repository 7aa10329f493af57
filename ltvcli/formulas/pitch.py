"""Relations between claims of a pitch: lifetime, annual churn, retention and revenue."""

from __future__ import annotations

import math

from ltvcli.units import MONTHS_PER_YEAR, Money, Months, Rate


def yearly(churn: Rate) -> Rate:
    """Return the annual churn that a monthly `churn` adds up to.

    >>> round(yearly(0.05), 4)
    0.4596
    """
    return 1 - math.pow(1 - churn, MONTHS_PER_YEAR)


def monthly(churn: Rate) -> Rate:
    """Return the monthly churn that adds up to an annual `churn`.

    >>> round(monthly(0.4596), 3)
    0.05
    """
    return 1 - math.pow(1 - churn, 1 / MONTHS_PER_YEAR)


def months_paid(churn: Rate, within: Months = math.inf, discount: Rate = 0.0) -> Months:
    """Return the expected payments of a customer who pays each month, beginning now.

    This is the sum over t = 0, 1, ... below `within` of ((1 - churn) / (1 + discount))^t. It is
    infinite if nobody ever leaves, nothing is discounted and `within` is infinite.

    Args:
        churn: per month.
        within: months that count.
        discount: per month.

    >>> months_paid(0.05), months_paid(0.5, within=2), months_paid(0.0, within=14)
    (20.0, 1.5, 14)
    >>> months_paid(0.0)
    inf
    """
    stay = (1 - churn) / (1 + discount)
    if stay == 1:
        return within
    if math.isinf(within):
        return (1 + discount) / (churn + discount)
    return (1 - math.pow(stay, within)) / (1 - stay)


def payback_of_leavers(cac: Money, monthly_margin: Money, churn: Rate) -> Months:
    """Return the months until customers, with churn, have returned `cac` on average.

    Args:
        cac: per customer.
        monthly_margin: per active customer.
        churn: per month.

    Returns:
        inf if they never do.

    Customers with 10 a month, of whom half leave each month, bring 15 in two months:

    >>> round(payback_of_leavers(15, 10, 0.5), 9), payback_of_leavers(15, 10, 0.0)
    (2.0, 1.5)
    >>> payback_of_leavers(30, 10, 0.5)
    inf
    """
    if monthly_margin <= 0:
        return math.inf
    if churn == 0:
        return cac / monthly_margin
    left = 1 - cac * churn / monthly_margin
    return math.log(left) / math.log1p(-churn) if left > 0 and churn < 1 else math.inf


def younger_than(months: Months, growth: Rate, churn: Rate) -> Rate:
    """Return the share of customers acquired within the last `months`.

    Of today's customers, ((1 - churn) / (1 + growth))^months were customers before: fewer by the
    growth since then, and by those who left.

    Args:
        months: how far back.
        growth: of the number of customers, per month.
        churn: per month.

    >>> younger_than(1, growth=1.0, churn=0.0), round(younger_than(6, 0.05, 0.03), 3)
    (0.5, 0.378)
    """
    return 1 - math.pow((1 - churn) / (1 + growth), months)


def stayers_pay(nrr: float, churn_yearly: Rate) -> float:
    """Return the revenue of retained customers after a year, as a multiple of the year before.

    All customers are assumed to have paid the same at the start of the year.

    >>> stayers_pay(nrr=1.2, churn_yearly=0.4)
    2.0
    """
    return nrr / (1 - churn_yearly) if churn_yearly < 1 else math.inf


def leavers_paid(grr: float, churn_yearly: Rate) -> float:
    """Return the maximum revenue of a year's churned customers, as a multiple of the average.

    GRR includes their MRR, and downgrades.

    >>> round(leavers_paid(grr=0.9, churn_yearly=0.2), 9)
    0.5
    """
    return (1 - grr) / churn_yearly if churn_yearly > 0 else math.inf
