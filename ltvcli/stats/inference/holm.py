"""Several tests at once: p-values adjusted for the number of tests."""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Raise p-values so that at most one family of tests in twenty has a false one below 0.05.

    The smallest is multiplied by the number of tests, the next by one less, and so on; none falls
    below the one before it. Nothing is assumed about how the tests depend on each other.

    Args:
        p_values: of the tests, in any order.

    Source: Holm (1979), A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian
    Journal of Statistics 6, 65-70.

    >>> adjusted([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    raised = [0.0] * len(p_values)
    least = 0.0
    ranked = sorted(range(len(p_values)), key=lambda place: p_values[place])
    for rank, place in enumerate(ranked):
        least = max(least, min(1.0, p_values[place] * (len(p_values) - rank)))
        raised[place] = least
    return raised
