"""The default horizon of LTV: fixed steps, which do not change with every month of data."""

from __future__ import annotations

import math
from collections.abc import Sequence

STEPS = (1, 2, 3, 6, 12, 18, 24, 36)
"""Default horizons, in months."""
SHOWN = (3, 6, 12, 24)
"""Horizons whose values the screen shows with the headline."""

ENOUGH = 100
ENOUGH_OF_FEW = 30
FEW = 300
"""Below this many customers in all, ENOUGH_OF_FEW are enough."""
SHARE = 0.05


def customers_required(customers: int) -> int:
    """Return how many of `customers` must have been observed for a whole default horizon.

    These are 100 (30 where there are fewer than 300 in all, and all of them where there are fewer
    than 30), and at least 5% of all.

    >>> [customers_required(count) for count in (12, 299, 300, 36523)]
    [12, 30, 100, 1827]
    """
    enough = ENOUGH_OF_FEW if customers < FEW else ENOUGH
    return max(min(enough, customers), math.ceil(SHARE * customers))


def default(observed: Sequence[float], customers: int) -> int:
    """Return the largest step for which enough customers have been observed; 0 if there is none.

    Args:
        observed: customers observed for at least 0, 1, 2, ... whole months.
        customers: in all.

    >>> default([400, 400, 300, 250, 130, 120, 110, 90], customers=400)
    6
    >>> default([40, 20], customers=40)
    0
    """
    required = customers_required(customers)
    reached = [step for step in STEPS if step < len(observed) and observed[step] >= required]
    return max(reached, default=0)
