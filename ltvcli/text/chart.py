"""Charts of characters that every terminal has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ltvcli.text.layout import pad, width_of

_EIGHTHS = " ▁▂▃▄▅▆▇█"
BOTH = "*"
"""Where the marks of two series meet."""


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
    """Draw steps between levels as floating bars, and constant levels as lines.

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


def points(
    series: Sequence[tuple[str, Sequence[float | None]]],
    levels: Sequence[float],
    height: int,
    label: Callable[[float], str],
    wide: int = 4,
) -> list[str]:
    """Draw marks of several series over one scale, the highest line first.

    Where the marks of two series meet, an asterisk is drawn. A label is not repeated.

    Args:
        series: a mark, and its values from left to right; None for a gap.
        levels: drawn as lines of hyphens, such as limits.
        height: lines.
        label: writes a value at the edge.
        wide: cells of each value.

    >>> for line in points([("o", [1, 2, None]), ("x", [1, 1, 3])], [3], 3, "{:g}".format, 2):
    ...     print(line)
    3|-----x
    2|   o
    1| * x
    """
    known = [value for _, values in series for value in values if value is not None]
    if not known:
        return []
    low, high = min([*known, *levels]), max([*known, *levels])
    step = (high - low) / (height - 1) or 1.0
    count = max(len(values) for _, values in series)
    lines = [[" "] * (count * wide) for _ in range(height)]
    for level in levels:
        lines[round((level - low) / step)] = ["-"] * (count * wide)
    for mark, values in series:
        for place, value in enumerate(values):
            if value is not None:
                line, cell = lines[round((value - low) / step)], place * wide + wide - 1
                line[cell] = mark if line[cell] in " -" else BOTH
    scale = [label(low + step * number) for number in range(height)]
    scale = [
        "" if text == below else text for below, text in zip(["", *scale], scale, strict=False)
    ]
    edge = max(map(width_of, scale))
    drawn = [
        f"{pad(text, edge, right=True)}|{''.join(line)}"
        for text, line in zip(scale, lines, strict=True)
    ]
    return [line.rstrip() for line in reversed(drawn)]
