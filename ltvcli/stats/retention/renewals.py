"""Customers at risk at each renewal, and how many of them left.

These counts are all that a model of churn at renewals needs: the likelihood of customers who left,
who are still active (censored at any age) and who are known only from some age on (left-truncated)
is a product over renewals, and cohorts, segments and files add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class Renewals(Struct, frozen=True, kw_only=True):
    """Customers at their 1st, 2nd, ... renewal, each array of shape `(T,)`."""

    at_risk: Floats
    left: Floats


def count(
    age: ArrayLike, ended: ArrayLike, customers: ArrayLike, known_from: ArrayLike = 0
) -> Renewals:
    """Count customers at each renewal from cells of customers with the same record.

    Args:
        age: `(n,)` whole periods. For customers who left: the renewal they did not make, 1 or more.
            For active customers: the renewals made so far, 0 or more.
        ended: `(n,)` true where the customers left.
        customers: `(n,)` number of customers in the cell.
        known_from: `(n,)` renewals made before observation began; those are not counted. Leavers
            must have left after it.

    Three start; one leaves at the first renewal, one at the second, one is active after two:

    >>> seen = count([1, 2, 2], [True, True, False], [1, 1, 1])
    >>> seen.at_risk.tolist(), seen.left.tolist()
    ([3.0, 2.0], [1.0, 1.0])

    Raises:
        ValueError: an age is negative or not whole, a leaver's age is 0 or not after known_from,
            or a number of customers is negative or not finite.

    Source: Klein & Moeschberger (2003), Survival Analysis, sections 3.4 and 3.5.
    """
    import numpy as np

    ages, gone, weight, known = np.broadcast_arrays(
        np.atleast_1d(np.asarray(age, dtype=np.float64)),
        np.asarray(ended, dtype=np.bool_),
        np.asarray(customers, dtype=np.float64),
        np.asarray(known_from, dtype=np.float64),
    )
    start = np.minimum(known, ages)
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("customers must be numbers of 0 or more")
    for times in (ages, start):
        if not ((times >= 0).all() and np.isfinite(times).all() and (times % 1 == 0).all()):
            raise ValueError("ages are whole periods of 0 or more")
    if (gone & (ages <= known)).any():
        raise ValueError("a customer cannot have left before coming into sight")
    length = int(ages.max(initial=0)) + 1

    def by_age(at: Floats, of: Floats) -> Floats:
        counted = np.bincount(at.astype(np.int64), weights=of, minlength=length)
        return counted.astype(np.float64)

    # A customer is at risk at renewal t if known_from < t <= age.
    change = by_age(ages, weight) - by_age(start, weight)
    left = by_age(ages, weight * gone)[1:]
    at_risk = np.maximum(change[::-1].cumsum()[::-1][1:], left)
    return Renewals(at_risk=at_risk, left=left)
