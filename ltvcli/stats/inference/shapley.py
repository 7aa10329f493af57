"""Shapley values: how much each of several factors changed a figure, whatever their order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Choice = tuple[bool, ...]
"""For each factor, whether its new value is used."""


def contributions(value: Callable[[Choice], Floats], factors: int) -> Floats:
    """Return the contribution of each factor to the change of a figure from all old to all new.

    Each factor is switched from old to new in every order, and its mean effect counts. The
    contributions add up to the change, a factor that changes nothing contributes nothing, and
    swapping old and new flips every sign.

    Args:
        value: the figure for a choice of old and new factors; an array of any shape.
        factors: how many there are; `value` is called 2 ** factors times.

    Returns:
        Array of shape `(factors, *shape)`.

    Source: Shapley (1953); as a decomposition of change Das Gupta (1993), Standardization and
    Decomposition of Rates, and Shorrocks (2013), Journal of Economic Inequality 11, 99-126.

    From 2 x 3 to 4 x 5: the first factor brings 2 x (3 + 5) / 2, the second 2 x (2 + 4) / 2:

    >>> pairs = [(2.0, 4.0), (3.0, 5.0)]
    >>> area = lambda choice: np.array(pairs[0][choice[0]] * pairs[1][choice[1]])
    >>> contributions(area, 2).tolist()
    [8.0, 6.0]
    """
    values = {choice: value(choice) for choice in product((False, True), repeat=factors)}
    shape = values[(False,) * factors].shape
    effects = np.zeros((factors, *shape))
    for choice, before in values.items():
        switched = sum(choice)
        for factor in range(factors):
            if not choice[factor]:
                after = values[(*choice[:factor], True, *choice[factor + 1 :])]
                orders = factorial(switched) * factorial(factors - switched - 1)
                effects[factor] += (after - before) * (orders / factorial(factors))
    return effects
