"""How long customers are expected to pay: a new one, and those who pay now, by tenure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ltvcli.stats.retention import discounted_lifetime as lifetime
from ltvcli.stats.retention import shifted_beta_geometric as sbg
from ltvcli.stats.retention.profile_likelihood import interval
from ltvcli.units import monthly_from_yearly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.analyses.subscriptions.retention import Retention, Table

    Floats = NDArray[np.float64]


def table(retention: Retention, discount: float) -> Table:
    """List the months a new customer is expected to pay, and those still to come, by renewals made.

    With a discount they go on for good, each worth less than the one before; without, they are
    those of the next `horizon` months, as their sum may have no end. A month counts at its start,
    months still to come from the next renewal on, which is at stake.

    Args:
        retention: who pays now, and the model; without a model there is nothing to list.
        discount: cost of capital a year, 0 or more.
    """
    fitted, every = retention.fitted, retention.every
    monthly = monthly_from_yearly(discount)
    a_period = (1 + monthly) ** every - 1
    for_good = a_period >= lifetime.LEAST_DISCOUNT
    if fitted is None or not (for_good or retention.months):
        return ()
    tenures = np.flatnonzero(retention.paying)
    most = int(tenures.max(initial=-1)) + 1

    def expected(churn: Floats, spread: Floats) -> Floats:
        if for_good:
            whole = lifetime.within(np.ones(every), monthly)
            periods = lifetime.endless_by_payments(churn, spread, most, a_period)
            found: Floats = whole * periods[..., [0, *(tenures + 1)]]
            return found
        last = most + -(-retention.months // every)
        there = np.repeat(sbg.survival(churn, spread, last), every, axis=-1)
        new = lifetime.within(there[..., : retention.months], monthly)
        paid = [(int(tenure) + 1) * every for tenure in tenures]
        ahead = [
            lifetime.residual_within(there[..., : months + retention.months], months, monthly)
            for months in paid
        ]
        return np.stack([new, *ahead], axis=-1)

    value = expected(np.asarray(fitted.churn), np.asarray(fitted.spread))
    low, high = interval(fitted, expected)
    figures = ["del", *["derl"] * len(tenures)]
    customers = [None, *(int(retention.paying[tenure]) for tenure in tenures)]
    return tuple(
        {
            "figure": figure,
            "tenure_months": months,
            "customers": paying,
            "expected_months": float(value[row]),
            "expected_months_low": float(low[row]),
            "expected_months_high": float(high[row]),
            "horizon": None if for_good else retention.months,
            "discount": discount,
        }
        for row, (figure, months, paying) in enumerate(
            zip(figures, [0, *(int(tenure) * every for tenure in tenures)], customers, strict=True)
        )
    )
