"""Variation between cohorts in value per customer at the same age: the error of future cohorts.

The variance between cohorts is what their deviations from the mean exceed the noise of single
customers by, with cohorts weighted by expected revenue. Source: Bühlmann & Straub (1970),
Mitteilungen der Vereinigung Schweizerischer Versicherungsmathematiker 70, 111-133.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.orders import Facts

    Floats = NDArray[np.float64]

_PRIOR, _PRIOR_COHORTS = 0.1, 2
"""Assumed standard deviation between cohorts, and the number of cohorts that it counts as."""


class CohortSpread(Struct, frozen=True, kw_only=True):
    """Variances of the value of a customer, relative to the square of its mean.

    between: of the mean of a cohort, beyond the noise of its customers.
    single: of one customer.
    """

    between: float
    single: float


def of(facts: Facts, months: int) -> CohortSpread:
    """Return how far the revenue of cohorts differs at the same ages.

    Args:
        facts: sums over orders.
        months: ages that count, in months from the first order.
    """
    revenue, exposed = _by_age(facts, months)
    total = exposed.sum(axis=(0, 1))
    mean = np.divide(revenue.sum(axis=(0, 1)), total, out=np.zeros(months), where=total > 0)
    return spread(revenue.sum(axis=2), exposed @ mean, float(exposed[:, :, 0].sum()))


def spread(actual: Floats, expected: Floats, customers: float) -> CohortSpread:
    """Return the variances of cohorts about their expected values.

    Args:
        actual: revenue by cohort and group of customers `(c, b)`.
        expected: the same by the mean of all cohorts at each age `(c, b)`.
        customers: in all.

    Two groups of customers that always agree leave no noise; cohorts of 80% and 120% differ by 20%:

    >>> actual, expected = np.array([[8.0, 8.0], [12.0, 12.0]]), np.full((2, 2), 10.0)
    >>> spread(actual, expected, 40).single, round(spread(actual, expected, 40).between, 3)
    (0.0, 0.045)
    """
    weight = expected.sum(axis=1)
    known = weight > 0
    actual, expected, weight = actual[known], expected[known], weight[known]
    total, groups = float(weight.sum()), expected.shape[1]
    if total <= 0 or groups < 2:  # noqa: PLR2004
        return CohortSpread(between=_PRIOR**2, single=1.0)
    ratio = actual.sum(axis=1) / weight
    left = (actual - ratio[:, None] * expected) ** 2
    noise = left.sum(axis=1) * groups / (groups - 1) / weight**2
    share = weight / total
    spare = 1 - float((share**2).sum())
    about = float((share * (ratio - 1) ** 2).sum() - (share * (1 - share) * noise).sum())
    several = len(weight)
    between = max(about / spare, 0.0) if spare > 0 else 0.0
    return CohortSpread(
        between=(_PRIOR_COHORTS * _PRIOR**2 + several * between) / (_PRIOR_COHORTS + several),
        single=customers * float((share**2 * noise).sum()),
    )


def _by_age(facts: Facts, months: int) -> tuple[Floats, Floats]:
    """Return revenue, and customers observed, by cohort, group of customers and age `(c, b, a)`."""
    triangle, observed = facts.triangle, facts.observed
    first = int(observed.cohort.min())
    shape = (int(observed.cohort.max()) - first + 1, facts.buckets, months)
    revenue, customers = np.zeros(shape), np.zeros(shape)
    used = triangle.complete & (triangle.age_month < months)
    cell = (triangle.cohort[used] - first, triangle.bucket[used], triangle.age_month[used])
    np.add.at(revenue, cell, triangle.revenue[used])
    is_observed = observed.observed_months > 0
    last = np.minimum(observed.observed_months[is_observed], months) - 1
    cell = (observed.cohort[is_observed] - first, observed.bucket[is_observed], last)
    np.add.at(customers, cell, observed.customers[is_observed])
    exposed = np.flip(np.flip(customers, axis=2).cumsum(axis=2), axis=2)
    return revenue, exposed
