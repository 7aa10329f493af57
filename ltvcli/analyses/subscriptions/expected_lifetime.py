"""Expected lifetime of customers: of new ones, and of paying ones by tenure."""

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
    """List the expected paid months of new customers, and the residual months of others.

    With a discount they have no end, each counting less than the one before; without, they are
    those of the next `horizon` months, as their sum may be infinite. A month counts at its start,
    residual months from the next renewal on, which may not be made.

    Args:
        retention: paying customers, and the model; without a model nothing is listed.
        discount: cost of capital per year, 0 or more.
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
            per_period = lifetime.within(np.ones(every), monthly)
            periods = lifetime.endless_by_payments(churn, spread, most, a_period)
            months_expected: Floats = per_period * periods[..., [0, *(tenures + 1)]]
            return months_expected
        last = most + -(-retention.months // every)
        surviving = np.repeat(sbg.survival(churn, spread, last), every, axis=-1)
        new = lifetime.within(surviving[..., : retention.months], monthly)
        paid = [(int(tenure) + 1) * every for tenure in tenures]
        residual = [
            lifetime.residual_within(surviving[..., : months + retention.months], months, monthly)
            for months in paid
        ]
        return np.stack([new, *residual], axis=-1)

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
