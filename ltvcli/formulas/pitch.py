"""What one claim says of another: lifetimes, churn by the year, who stays and what they pay."""

from __future__ import annotations

import math

from ltvcli.units import MONTHS_PER_YEAR, Money, Months, Rate


def yearly(churn: Rate) -> Rate:
    """Share gone after a year of which `churn` leave each month.

    >>> round(yearly(0.05), 4)
    0.4596
    """
    return 1 - math.pow(1 - churn, MONTHS_PER_YEAR)


def monthly(churn: Rate) -> Rate:
    """Share that leaves each month where `churn` are gone after a year.

    >>> round(monthly(0.4596), 3)
    0.05
    """
    return 1 - math.pow(1 - churn, 1 / MONTHS_PER_YEAR)


def months_paid(churn: Rate, within: Months = math.inf, discount: Rate = 0.0) -> Months:
    """Payments to expect of a customer who pays each month, beginning now, for `within` months.

    The sum over t = 0, 1, ... below `within` of ((1 - churn) / (1 + discount))^t; all monthly.
    Endless (inf) if nobody ever leaves, nothing is discounted and `within` has no end.

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
    """Months until customers of whom some leave each month have returned `cac` on average.

    inf if they never do. A customer of 10 a month, of whom half leave each month, brings 15 in two:

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
    """Share of customers who came within `months`, where their number grows by `growth` a month.

    Of today's customers, ((1 - churn) / (1 + growth))^months were there then: fewer by the growth
    since, and by those who left.

    >>> younger_than(1, growth=1.0, churn=0.0), round(younger_than(6, 0.05, 0.03), 3)
    (0.5, 0.378)
    """
    return 1 - math.pow((1 - churn) / (1 + growth), months)


def stayers_pay(nrr: float, churn_yearly: Rate) -> float:
    """What those who stay pay after a year, of what they paid, if all paid alike at its start.

    >>> stayers_pay(nrr=1.2, churn_yearly=0.4)
    2.0
    """
    return nrr / (1 - churn_yearly) if churn_yearly < 1 else math.inf


def leavers_paid(grr: float, churn_yearly: Rate) -> float:
    """Return what those who leave in a year paid at most, of what an average customer paid.

    GRR counts what they took along, and downgrades.

    >>> round(leavers_paid(grr=0.9, churn_yearly=0.2), 9)
    0.5
    """
    return (1 - grr) / churn_yearly if churn_yearly > 0 else math.inf
