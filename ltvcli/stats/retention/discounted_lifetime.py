"""Payments to expect from a customer: to a horizon from any survival curve, or for good by sBG.

A payment is made at the start of every period a customer is there, the first at once. Discounted,
that is the discounted expected lifetime (DEL); what is still to come from a customer who has paid
before is the discounted expected residual lifetime (DERL), seen just before the next renewal. Times
the margin of a period they are the lifetime value and the residual value.

Source: Fader & Hardie (2010), Customer-Base Valuation in a Contractual Setting, Marketing Science
29(1), 85-93; equation 6 for the residual lifetime.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.stats.retention.shifted_beta_geometric import aged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEAST_DISCOUNT = 1e-6  # a period; below it, write 0


def within(survival: ArrayLike, discount: float = 0.0) -> Floats:
    """Discounted payments of a new customer over as many periods as `survival` has entries.

    Args:
        survival: `(..., n)` share still there at the start of each period; the first is 1.
        discount: cost of capital a period, 0 or more.

    >>> float(within([1.0, 0.5, 0.25])), float(within([1.0, 0.5], discount=0.25))
    (1.75, 1.4)
    """
    import numpy as np

    shares = np.asarray(survival, dtype=np.float64)
    worth = np.exp(-np.log1p(discount) * np.arange(shares.shape[-1]))
    total: Floats = (shares * worth).sum(axis=-1)
    return total


def residual_within(survival: ArrayLike, payments: int, discount: float = 0.0) -> Floats:
    """Discounted payments still to come, just before the renewal that follows `payments` of them.

    The first of them is at stake now, so it is not discounted. `survival` `(..., n)` is as for
    `within`; nothing past it is counted.

    >>> float(residual_within([1.0, 0.5, 0.25], payments=1))
    0.75

    Raises:
        ValueError: `payments` is below 1, or nobody lasts that long.
    """
    import numpy as np

    shares = np.asarray(survival, dtype=np.float64)
    if payments < 1 or not (shares[..., payments - 1] > 0).all():
        raise ValueError("a customer has made 1 payment or more")
    return within(shares[..., payments:], discount) / shares[..., payments - 1]


def endless(churn: ArrayLike, spread: ArrayLike, discount: float) -> Floats:
    """Discounted payments of a new sBG customer for good (DEL), elementwise.

    2F1(1, beta; alpha + beta; 1 / (1 + discount)), and where spread is 0 the same as
    (1 + discount) / (churn + discount).

    >>> round(float(endless(churn=0.05, spread=0.0, discount=0.01)), 4)
    16.8333

    Raises:
        ValueError: `discount` is below LEAST_DISCOUNT: the sum then hangs on customers who never
            leave, or has no end.
    """
    import numpy as np

    if not discount >= LEAST_DISCOUNT:
        raise ValueError(f"discount must be at least {LEAST_DISCOUNT} a period")
    # Gauss's continued fraction for 2F1(1, b; c; z), 1 / (1 - k1 z / (1 - k2 z / ...)), DLMF 15.7.1
    # with b = 0 there, written in churn and spread so that alpha and beta without bound are no
    # special case (library versions give nan from beta of 10^4 on). Taken from the inner end, where
    # every part is between 0 and 1; it settles by exp(-2 sqrt(1 - z)) a step.
    leaves, spreads = np.asarray(churn, dtype=np.float64), np.asarray(spread, dtype=np.float64)
    rest = np.ones(np.broadcast(leaves, spreads).shape)
    for n in range(20 + int(10 / np.sqrt(discount / (1 + discount))), -1, -1):
        worn = 1 + 2 * n * spreads
        even = (n + 1) * spreads * (leaves + n * spreads) / (worn * (worn + spreads))
        odd = 1 - leaves + n * spreads
        if n:
            odd = odd * (worn - (n + 1) * spreads) / ((worn - spreads) * worn)
        rest = 1 - odd / (1 + discount) / (1 - even / (1 + discount) / rest)
    return np.asarray(1 / rest)


def endless_residual(churn: ArrayLike, spread: ArrayLike, payments: int, discount: float) -> Floats:
    """Discounted payments still to come for good (DERL), just before the renewal after `payments`.

    (beta + n - 1) / (alpha + beta + n - 1) 2F1(1, beta + n; alpha + beta + n; 1 / (1 + discount))
    for n payments made, elementwise.

    A tenth leaves at every renewal and money costs a tenth, whatever was paid so far:

    >>> float(endless_residual(churn=0.1, spread=0.0, payments=7, discount=0.1).round(6))
    4.95

    Raises:
        ValueError: `payments` is below 1, or `discount` as for `endless`.
    """
    if payments < 1:
        raise ValueError("a customer has made 1 payment or more")
    leaving, _ = aged(churn, spread, payments - 1)
    return (1 - leaving) * endless(*aged(churn, spread, payments), discount)


def endless_by_payments(churn: ArrayLike, spread: ArrayLike, most: int, discount: float) -> Floats:
    """DEL, and DERL after 1, 2, ... `most` payments: shape of churn + (most + 1,).

    The same as `endless` and `endless_residual`, from one sum: who has paid n times pays now or
    leaves, and then is one who has paid n + 1 times.

    >>> endless_by_payments(churn=0.1, spread=0.0, most=2, discount=0.1).round(6).tolist()
    [5.5, 4.95, 4.95]

    Raises:
        ValueError: `discount` as for `endless`.
    """
    import numpy as np

    ahead = endless(*aged(churn, spread, most), discount)
    found = []
    for payments in range(most, 0, -1):
        leaving, _ = aged(churn, spread, payments - 1)
        found.append((1 - leaving) * ahead)
        ahead = 1 + found[-1] / (1 + discount)
    return np.stack([ahead, *reversed(found)], axis=-1)
