"""Bar charts of block characters, which every terminal has."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def bars(values: Sequence[float], height: int, wide: int = 1) -> list[str]:
    """Draw values as bars from 0 up to the largest.

    Args:
        values: none below 0.
        height: in lines.
        wide: cells of one bar.

    Returns:
        The lines, from top to bottom.

    >>> bars([1, 2, 4], 2)
    ['  █', '▄██']
    """
    most = max(values, default=0)
    eighths = [round(8 * height * value / most) if most > 0 else 0 for value in values]
    return [
        "".join(_EIGHTHS[max(0, min(8, eighth - 8 * row))] * wide for eighth in eighths)
        for row in reversed(range(height))
    ]
