"""Sample ratio mismatch: whether groups are as large as they were meant to be.

Source: Fabijan et al. (2019), Diagnosing Sample Ratio Mismatch in Online Controlled Experiments,
KDD 2019, section 3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from ltvcli.stats.numerics.chi_square import upper_tail

EXACT_BELOW = 1000
"""Customers in all below which two groups are compared exactly."""
MISMATCH = 0.001
"""Groups this unlikely were not assigned as meant."""
_ALIKE = 1e-9


class Ratio(Struct, frozen=True, kw_only=True):
    """The chi-square statistic of sizes against shares, and the p-value."""

    chi_square: float
    p_value: float

    @property
    def passed(self) -> bool:
        """Return whether the sizes are consistent with the shares."""
        return self.p_value >= MISMATCH


def sample_ratio(sizes: Sequence[int], shares: Sequence[float]) -> Ratio:
    """Compare the sizes of groups with the shares that they were meant to have.

    The p-value is that of chi-square; of two groups with fewer than 1,000 customers together it is
    the exact binomial one.

    Args:
        sizes: customers of each of two or more groups.
        shares: of each, above 0, in any unit.

    Expected 50 and 50: 10^2 / 50 twice is 4. All heads in ten throws: 2 / 2^10.

    >>> sample_ratio([60, 40], [1, 1]).chi_square, round(sample_ratio([10, 0], [1, 1]).p_value, 9)
    (4.0, 0.001953125)
    """
    total, all_shares = sum(sizes), sum(shares)
    expected = [total * share / all_shares for share in shares]
    chi_square = sum(
        (size - meant) ** 2 / meant for size, meant in zip(sizes, expected, strict=True)
    )
    if len(sizes) == 2 and total < EXACT_BELOW:  # noqa: PLR2004 - a binomial has two outcomes
        p_value = _binomial(sizes[0], total, shares[0] / all_shares)
    else:
        p_value = upper_tail(chi_square, len(sizes) - 1)
    return Ratio(chi_square=chi_square, p_value=p_value)


def _binomial(count: int, total: int, share: float) -> float:
    """Add up the probabilities of all counts that are no more likely than `count`."""
    logs = [
        math.lgamma(total + 1)
        - math.lgamma(k + 1)
        - math.lgamma(total - k + 1)
        + k * math.log(share)
        + (total - k) * math.log1p(-share)
        for k in range(total + 1)
    ]
    return min(1.0, math.fsum(math.exp(log) for log in logs if log <= logs[count] + _ALIKE))
