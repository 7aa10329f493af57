"""The relative risk of two groups, and whether it may be chance."""

from __future__ import annotations

import math

from msgspec import Struct

from ltvcli.stats.numerics.normal import Z_95


class Risk(Struct, frozen=True, kw_only=True):
    """A ratio of two rates with its 95% interval, and its p-value."""

    ratio: float
    low: float
    high: float
    p: float


def risk(hit: int, exposed: int, hit_else: int, exposed_else: int) -> Risk | None:
    """Compare how often an event happened in a group with how often it happened elsewhere.

    Args:
        hit: members of the group to whom it happened.
        exposed: members of the group.
        hit_else: customers outside the group to whom it happened.
        exposed_else: customers outside the group.

    Returns:
        None if it happened to nobody in one of the two: there is no interval then.

    Source: Katz, Baptista, Azen & Pike (1978), Biometrics 34, 469-474, for the interval; the
    p-value is that of the pooled comparison of two proportions (Pearson 1900).

    Ten of a hundred against five of a hundred is twice as often, and may well be chance:

    >>> compared = risk(10, 100, 5, 100)
    >>> compared.ratio, round(compared.low, 2), round(compared.high, 2), round(compared.p, 2)
    (2.0, 0.71, 5.64, 0.18)
    """
    if not (hit and hit_else):
        return None
    rate, rate_else = hit / exposed, hit_else / exposed_else
    error = math.sqrt(1 / hit - 1 / exposed + 1 / hit_else - 1 / exposed_else)
    pooled = (hit + hit_else) / (exposed + exposed_else)
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / exposed + 1 / exposed_else))
    ratio = rate / rate_else
    return Risk(
        ratio=ratio,
        low=ratio * math.exp(-Z_95 * error),
        high=ratio * math.exp(Z_95 * error),
        p=math.erfc(abs(rate - rate_else) / deviation / math.sqrt(2)) if deviation else 1.0,
    )
