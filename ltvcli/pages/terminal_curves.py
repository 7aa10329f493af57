"""Curves in a terminal: a line that turns, shading for its interval, dashes for a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from ltvcli.language import printable
from ltvcli.pages.chart_types import LineChart, Point, Write
from ltvcli.text.layout import flow, pad, width_of

HEIGHT = 9
"""Lines of a chart of curves."""
STEP = 4
"""Cells from one point of a curve to the next at most, unless the curve is short."""
LEVEL, SHADE, ASIDE, MARK = "┄", "░", "x", "*"
EVERY = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
"""Steps from one name to the next on an axis."""
SHORT = 48
"""Cells of a short curve."""
LEAST = 12
"""Cells of a chart at least."""


class Scale(Struct, frozen=True, kw_only=True):
    """Cells of an axis: positions of values from `low` to `high` among `cells`."""

    low: float
    high: float
    cells: int

    def at(self, value: float) -> int:
        """Return the cell of a value."""
        return round((value - self.low) / (self.high - self.low or 1.0) * (self.cells - 1))

    def value(self, cell: int) -> float:
        """Return the value of a cell."""
        return self.low + (self.high - self.low) * cell / max(self.cells - 1, 1)


def lines(chart: LineChart, width: int) -> list[str]:
    """Draw curves: legend, curves, axes."""
    points = [point for curve in chart.curves for point in curve.points]
    ends = [end for point in points for end in (point.y, point.low, point.high) if end is not None]
    ends += [level.value for level in chart.levels] + ([0.0] if chart.from_zero else [])
    up = Scale(low=min(ends), high=max(ends), cells=HEIGHT)
    scale = _labels(up, chart.write)
    edge = max(map(width_of, scale))
    first, last = min(point.x for point in points), max(point.x for point in points)
    room = max(LEAST, width - edge - 1)
    wide = min(room, max(SHORT, round(last - first) * STEP + 1))
    across = Scale(low=first, high=last, cells=wide)
    canvas = [[" "] * wide for _ in range(HEIGHT)]
    for level in chart.levels:
        canvas[up.at(level.value)] = [LEVEL] * wide
    for curve in chart.curves[:1]:
        _shade(canvas, curve.points, across, up)
    for curve in reversed(chart.curves):
        if curve.aside:
            for point in curve.points:
                canvas[up.at(point.y)][across.at(point.x)] = ASIDE
        else:
            _trace(canvas, curve.points, across, up)
    for point, _ in chart.marks:
        canvas[up.at(point.y)][across.at(point.x)] = MARK
    drawn = [
        f"{pad(label, edge, right=True)}│{''.join(line)}".rstrip()
        for label, line in zip(scale, canvas, strict=True)
    ]
    return [
        *flow(_legend(chart), width, mark="   "),
        *reversed(drawn),
        *_axis(chart, across, edge, width),
    ]


def _legend(chart: LineChart) -> list[str]:
    signs = [(ASIDE if curve.aside else "─", curve.label) for curve in chart.curves]
    signs += [(LEVEL, level.label) for level in chart.levels]
    signs += [(MARK, text) for _, text in chart.marks]
    return [f"{sign} {printable(text)}" for sign, text in signs]


def _labels(scale: Scale, write: Write) -> list[str]:
    """Write every second value of an axis, none twice."""
    labels = [write(scale.value(cell)) if cell % 2 == 0 else "" for cell in range(scale.cells)]
    return ["" if text in labels[:place] else text for place, text in enumerate(labels)]


def _between(points: Sequence[Point], across: Scale) -> Iterator[tuple[int, Point]]:
    """Return a point for every cell from the first point to the last, straight between them."""
    for before, after in pairwise(points):
        start, end = across.at(before.x), across.at(after.x)
        for cell in range(start, end):
            share = (cell - start) / (end - start)
            ends = (
                (before.low, after.low),
                (before.high, after.high),
            )
            low, high = (
                None if left is None or right is None else left + share * (right - left)
                for left, right in ends
            )
            y = before.y + share * (after.y - before.y)
            yield cell, Point(x=across.value(cell), y=y, low=low, high=high)
    if points:
        yield across.at(points[-1].x), points[-1]


def _shade(canvas: list[list[str]], points: Sequence[Point], across: Scale, up: Scale) -> None:
    for cell, point in _between(points, across):
        if point.low is not None and point.high is not None:
            for line in range(up.at(point.low), up.at(point.high) + 1):
                canvas[line][cell] = SHADE


def _trace(canvas: list[list[str]], points: Sequence[Point], across: Scale, up: Scale) -> None:
    """Draw a line that turns between the lines of the screen."""
    before = None
    for cell, point in _between(points, across):
        line = up.at(point.y)
        if before is None or line == before:
            canvas[line][cell] = "─"
        else:
            low, high = sorted((line, before))
            for middle in range(low + 1, high):
                canvas[middle][cell] = "│"
            canvas[line][cell], canvas[before][cell] = "╭╯" if line > before else "╰╮"
        before = line


def _axis(chart: LineChart, across: Scale, edge: int, width: int) -> list[str]:
    """Write the labels below: steps at equal distances, then their unit."""
    first = round(across.low)
    names = list(chart.names) or [f"{n}" for n in range(first, round(across.high) + 1)]
    start = 0 if chart.names else first
    distance = max(map(width_of, names)) + 2
    per_step = (across.cells - 1) / max(len(names) - 1, 1)
    every = next((n for n in EVERY if n * per_step >= distance), len(names))
    line = " " * (edge + 1)
    for place in range(0, len(names), every):
        at = edge + 1 + across.at(start + place)
        if at + width_of(names[place]) <= width:
            line = pad(line, at) + names[place]
    bottom = " " * edge + "└" + "─" * across.cells
    return [bottom, line, pad("", edge + 1) + chart.across]
