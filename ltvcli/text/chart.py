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


def waterfall(steps: Sequence[tuple[float, float]], width: int) -> list[str]:
    """Draw steps from one level to the next as floating bars, levels that stand still as a line.

    The axis reaches from the lowest level to the highest, not from 0: a level is a mark, and only
    the length of a step is to be compared.

    >>> waterfall([(8, 8), (8, 10), (10, 6), (6, 6)], 9)
    ['    │', '    ████', '████████', '│']
    """
    levels = [level for step in steps for level in step]
    lowest = min(levels, default=0.0)
    span = max(levels, default=0.0) - lowest or 1.0

    def cell(level: float) -> int:
        return round((level - lowest) / span * (width - 1))

    lines = []
    for before, after in steps:
        left, right = sorted((cell(before), cell(after)))
        is_level = before == after
        lines.append(" " * left + ("│" if is_level else "█" * max(right - left, 1)))
    return lines
