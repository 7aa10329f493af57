"""Payments to expect from a customer: to a horizon from any survival curve, or without end by sBG.

A payment is made at the start of every period in which a customer is active, the first at once.
Their discounted number is the discounted expected lifetime (DEL); that of the payments still to
come from a customer who has paid before is the discounted expected residual lifetime (DERL), just
before the next renewal. Times the margin of a period they are the lifetime and the residual value.

Source: Fader & Hardie (2010), Customer-Base Valuation in a Contractual Setting, Marketing Science
29(1), 85-93; equation 6 for the residual lifetime.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.stats.retention.shifted_beta_geometric import posterior_after

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEAST_DISCOUNT = 1e-6  # per period; use 0 for less


def within(survival: ArrayLike, discount: float = 0.0) -> Floats:
    """Return the discounted payments of a new customer over the periods of `survival`.

    Args:
        survival: `(..., n)` share still active at the start of each period; the first is 1.
        discount: cost of capital per period, 0 or more.

    >>> float(within([1.0, 0.5, 0.25])), float(within([1.0, 0.5], discount=0.25))
    (1.75, 1.4)
    """
    import numpy as np

    shares = np.asarray(survival, dtype=np.float64)
    worth = np.exp(-np.log1p(discount) * np.arange(shares.shape[-1]))
    total: Floats = (shares * worth).sum(axis=-1)
    return total


def residual_within(survival: ArrayLike, payments: int, discount: float = 0.0) -> Floats:
    """Return the remaining discounted payments, just before the next renewal.

    The first of them is due now, so it is not discounted.

    Args:
        survival: `(..., n)` as for `within`; no payment beyond its last period is counted.
        payments: already made, 1 or more.
        discount: cost of capital per period, 0 or more.

    >>> float(residual_within([1.0, 0.5, 0.25], payments=1))
    0.75

    Raises:
        ValueError: `payments` is below 1, or no customer lasts that long.
    """
    import numpy as np

    shares = np.asarray(survival, dtype=np.float64)
    if payments < 1 or not (shares[..., payments - 1] > 0).all():
        raise ValueError("a customer has made 1 payment or more")
    return within(shares[..., payments:], discount) / shares[..., payments - 1]


def endless(churn: ArrayLike, spread: ArrayLike, discount: float) -> Floats:
    """Return the expected discounted payments of a new sBG customer (DEL), elementwise.

    2F1(1, beta; alpha + beta; 1 / (1 + discount)), and where spread is 0 the same as
    (1 + discount) / (churn + discount).

    Args:
        churn: share who leave at the first renewal, any shape.
        spread: how far customers differ, 1 / (alpha + beta), any shape.
        discount: cost of capital per period, LEAST_DISCOUNT or more.

    >>> round(float(endless(churn=0.05, spread=0.0, discount=0.01)), 4)
    16.8333

    Raises:
        ValueError: `discount` is below LEAST_DISCOUNT: the sum then depends on customers who never
            leave, or is infinite.
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


def endless_by_payments(churn: ArrayLike, spread: ArrayLike, most: int, discount: float) -> Floats:
    """Return DEL, and DERL after 1, 2, ... `most` payments: shape of churn + (most + 1,).

    All follow from one sum: a customer with n payments makes payment n + 1, or leaves.

    Args:
        churn: share who leave at the first renewal, any shape.
        spread: how far customers differ, 1 / (alpha + beta), any shape.
        most: largest number of payments already made.
        discount: cost of capital per period, LEAST_DISCOUNT or more.

    >>> endless_by_payments(churn=0.1, spread=0.0, most=2, discount=0.1).round(6).tolist()
    [5.5, 4.95, 4.95]

    Raises:
        ValueError: `discount` as for `endless`.
    """
    import numpy as np

    payments_ahead = endless(*posterior_after(churn, spread, most), discount)
    residuals = []
    for payments in range(most, 0, -1):
        leaving, _ = posterior_after(churn, spread, payments - 1)
        residuals.append((1 - leaving) * payments_ahead)
        payments_ahead = 1 + residuals[-1] / (1 + discount)
    return np.stack([payments_ahead, *reversed(residuals)], axis=-1)
