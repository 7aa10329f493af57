"""How long a customer takes to return what it cost to win them."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.units import Money, Months, Rate


def simple(cac: Money, monthly_revenue: Money, margin: Rate) -> Months | None:
    """Months of margin that cover `cac`, as if nobody left; None if the margin never covers it.

    >>> simple(cac=60000, monthly_revenue=10000, margin=1.0)
    6.0
    """
    monthly = monthly_revenue * margin
    if cac == 0:
        return 0.0
    return cac / monthly if monthly > 0 else None


def observed(cac: Money, by_age: Sequence[Money], margin: Rate) -> Months | None:
    """Months until the margin realised per customer covers `cac`, to the end of that month.

    `by_age` is the revenue per customer in age month 0, 1, 2, ...; None while it does not reach.

    >>> observed(cac=60, by_age=[100.0, 10.0, 20.0], margin=0.5)
    3.0
    """
    total = 0.0
    for age, brought in enumerate(by_age):
        total += brought * margin
        if total >= cac:
            return age + 1.0
    return None
