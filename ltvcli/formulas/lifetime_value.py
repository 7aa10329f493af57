"""The lifetime value of a customer before CAC, by four formulas."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.formulas import Value
from ltvcli.units import MONTHS_PER_YEAR, Rate


def basic(aov: Value, margin: Value, frequency: Value, lifespan: Value) -> Value:
    """Value an average order, times orders per year, times years: undiscounted.

    Args:
        aov: average revenue of an order.
        margin: share of revenue.
        frequency: orders per year while active.
        lifespan: months a customer stays active.

    8,000 at 40%, three times a year, for two years:

    >>> basic(aov=8000, margin=0.4, frequency=3, lifespan=24)
    19200.0
    """
    return aov * margin * frequency * lifespan / MONTHS_PER_YEAR


def retention(cost: Value, lifespan: Value) -> Value:
    """Return the cost of retaining one customer for `lifespan` months at `cost` a year.

    >>> retention(cost=1000, lifespan=24)
    2000.0
    """
    return cost * lifespan / MONTHS_PER_YEAR


def constant_churn(arpu: Value, margin: Value, churn: Value, discount: Rate = 0.0) -> Value:
    """Value a customer who pays each month, beginning now, and may leave after each payment.

    The chance to leave never changes. The value is the sum over t = 0, 1, 2, ... of arpu x margin x
    ((1 - churn) / (1 + discount))^t.

    Args:
        arpu: revenue per month.
        margin: share of revenue.
        churn: per month; must not be 0 if `discount` is, as the sum would be infinite.
        discount: per month.

    Source: Fader & Hardie (2012), Reconciling and Clarifying CLV Formulas, equation 1,
    brucehardie.com/notes/024.

    >>> constant_churn(arpu=10000, margin=1.0, churn=0.05)
    200000.0
    >>> round(constant_churn(arpu=20, margin=1.0, churn=0.05, discount=0.01), 2)
    336.67
    """
    return arpu * margin * (1 + discount) / (churn + discount)


def constant_churn_within(arpu: Value, margin: Value, churn: Value, horizon: float) -> Value:
    """Value the first `horizon` months of `constant_churn`, undiscounted; churn above 0.

    This is the sum over t = 0 .. horizon - 1 of arpu x margin x (1 - churn)^t.

    Args:
        arpu: revenue per month.
        margin: share of revenue.
        churn: per month.
        horizon: in months.

    >>> round(constant_churn_within(arpu=100, margin=0.5, churn=0.5, horizon=2), 2)
    75.0
    """
    return arpu * margin * (1 - (1 - churn) ** horizon) / churn


def fixed_life(arpu: Value, margin: Value, lifespan: Value, discount: Rate = 0.0) -> Value:
    """Value a customer who pays each month, beginning now, for `lifespan` months.

    Undiscounted it is arpu x margin x lifespan; else the annuity due of as many payments.

    Args:
        arpu: revenue per month.
        margin: share of revenue.
        lifespan: in months.
        discount: per month.

    >>> fixed_life(arpu=10000, margin=1.0, lifespan=24)
    240000.0
    >>> round(fixed_life(arpu=100, margin=1.0, lifespan=2, discount=0.25), 2)
    180.0
    """
    if discount == 0:
        return arpu * margin * lifespan
    return arpu * margin * (1 - (1 + discount) ** -lifespan) * (1 + discount) / discount


def realised(by_age: Sequence[Value], margin: Value, discount: Rate = 0.0) -> Value:
    """Add up the margin of a customer at age 0, 1, 2, ... months.

    Args:
        by_age: revenue in each month of age.
        margin: share of revenue.
        discount: per month.

    Half of 100, 50 and 30:

    >>> realised([100.0, 50.0, 30.0], margin=0.5)
    90.0
    """
    total: Value = 0.0
    for age, revenue in enumerate(by_age):
        total = total + revenue * margin * (1 + discount) ** -age
    return total
