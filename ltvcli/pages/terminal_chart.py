"""Charts in a terminal, from the same data as those of a web page.

They are drawn of characters that need no colour: a line, shading for its interval, dashes for a
level that it is compared with. The same report gives the same characters, on a screen or in a pipe.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ltvcli.language import printable
from ltvcli.pages import terminal_curves
from ltvcli.pages.chart_types import (
    BarChart,
    BridgeChart,
    Chart,
    DotChart,
    HeatMap,
    LineChart,
    SpanChart,
)
from ltvcli.pages.terminal_curves import LEAST, Scale
from ltvcli.text.chart import waterfall
from ltvcli.text.layout import cut, flow, pad, width_of, wrap

FILLS = "█▓▒░=#+"
"""One for each part of a bar."""
TONES = "░▒▓█"
"""From light to dark."""
LONGEST_NAME = 24
MOST_BARS = 18
"""Months in a chart of bars, the newest."""
YEARLY = 6
"""Steps from one number to the next below a heat map."""


def draw(chart: Chart | HeatMap, width: int) -> list[str]:
    """Draw a chart: title, legend, the chart, its note.

    Args:
        chart: what is drawn.
        width: cells of a line.
    """
    match chart:
        case LineChart():
            body = terminal_curves.lines(chart, width)
        case BarChart():
            body = _bars(chart, width)
        case DotChart():
            body = _dots(chart, width)
        case SpanChart():
            body = _spans(chart, width)
        case BridgeChart():
            body = _bridge(chart, width)
        case HeatMap():
            body = _heat(chart, width)
    return [*wrap(chart.title, width), *body, *(wrap(chart.note, width) if chart.note else [])]


def _bars(chart: BarChart, width: int) -> list[str]:
    """Draw a line for each name: losses to the left of the axis, gains to the right."""
    names = [printable(name) for name in chart.names][-MOST_BARS:]
    rows = list(zip(*(values[-MOST_BARS:] for _, values in chart.parts), strict=True))
    gains = [sum(value for value in row if value > 0) for row in rows]
    losses = [-sum(value for value in row if value < 0) for row in rows]
    nets = [chart.write(sum(row)) for row in rows]
    edge, end = max(map(width_of, names)), max(map(width_of, nets))
    room = max(LEAST, width - edge - end - len("  │  "))
    unit = (room - 2) / ((max(gains) + max(losses)) or 1.0)
    left = round(max(losses) * unit)
    lines = []
    for name, row, net in zip(names, rows, nets, strict=True):
        parts = list(zip(FILLS, row, strict=False))
        lost = _stacked([(fill, -value) for fill, value in parts if value < 0], unit)
        gained = _stacked([(fill, value) for fill, value in parts if value > 0], unit)
        bar = pad(f"{pad(lost[::-1], left, right=True)}│{gained}", room + 1)
        lines.append(f"{pad(name, edge)} {bar} {pad(net, end, right=True)}".rstrip())
    legend = [
        f"{fill} {printable(name)}" for fill, (name, _) in zip(FILLS, chart.parts, strict=False)
    ]
    return [*flow(legend, width, mark="   "), *lines]


def _stacked(parts: Sequence[tuple[str, float]], unit: float) -> str:
    """Draw parts behind one another; their ends are rounded, so that no error adds up.

    >>> _stacked([("█", 2.4), ("▓", 0.2), ("▒", 1.0)], 1.0)
    '██▓▒'
    """
    bar, reached = "", 0.0
    for fill, size in parts:
        reached += size
        bar += fill * (round(reached * unit) - len(bar))
    return bar


def _dots(chart: DotChart, width: int) -> list[str]:
    """Draw a line for each value: its interval, and a mark at the value."""
    labels = [cut(printable(dot.label), LONGEST_NAME) for dot in chart.dots]
    values = [chart.write(dot.value) for dot in chart.dots]
    edge, end = max(map(width_of, labels)), max(map(width_of, values))
    ends = [end for dot in chart.dots for end in (dot.value, dot.low, dot.high) if end is not None]
    ends += [0.0, *(level.value for level in chart.levels)]
    across = Scale(low=min(ends), high=max(ends), cells=max(LEAST, width - edge - end - 4))
    lines = []
    for label, dot, value in zip(labels, chart.dots, values, strict=True):
        cells = [" "] * across.cells
        for level in chart.levels:
            cells[across.at(level.value)] = "┊"
        if dot.low is not None and dot.high is not None:
            for cell in range(across.at(dot.low), across.at(dot.high) + 1):
                cells[cell] = "─"
        cells[across.at(dot.value)] = "o"
        lines.append(f"{pad(label, edge)} │{''.join(cells)} {pad(value, end, right=True)}".rstrip())
    below = " " * across.cells
    for level in sorted(chart.levels, key=lambda level: level.value):
        at = min(across.at(level.value), across.cells - width_of(level.label))
        if not below[max(at - 1, 0) :].strip():
            below = pad(pad(below[:at].rstrip(), at) + printable(level.label), across.cells)
    legend = [pad("", edge + 2) + below.rstrip()] if chart.levels else []
    return [*lines, *legend]


def _spans(chart: SpanChart, width: int) -> list[str]:
    """Draw a line for each lever: its effect on either side of the current value."""
    labels = [cut(printable(span.label), LONGEST_NAME) for span in chart.spans]
    falling = [chart.write(span.falling) for span in chart.spans]
    rising = [chart.write(span.rising) for span in chart.spans]
    edge = max(map(width_of, labels))
    sides = [max(map(width_of, [word, *side])) for word, side in
             zip(chart.words, (falling, rising), strict=True)]  # fmt: skip
    ends = [chart.middle, *(end for span in chart.spans for end in (span.falling, span.rising))]
    room = max(LEAST, width - edge - sum(sides) - 4)
    across = Scale(low=min(ends), high=max(ends), cells=room)
    middle = across.at(chart.middle)

    def line(label: str, first: str, second: str, bar: str) -> str:
        words = pad(first, sides[0], right=True), pad(second, sides[1], right=True)
        return f"{pad(label, edge)} {' '.join(words)} {bar}".rstrip()

    lines = [line("", *chart.words, "")]
    for label, span, low, high in zip(labels, chart.spans, falling, rising, strict=True):
        first, last = sorted((across.at(span.falling), across.at(span.rising)))
        cells = ["█" if first <= cell <= last else " " for cell in range(room)]
        cells[middle] = "│"
        lines.append(line(label, low, high, "".join(cells)))
    return lines


def _bridge(chart: BridgeChart, width: int) -> list[str]:
    """Draw a line for each step, from where the step before ended."""
    labels = [cut(printable(step.label), LONGEST_NAME) for step in chart.steps]
    shown = [step.shown for step in chart.steps]
    edge, end = max(map(width_of, labels)), max(map(width_of, shown))
    ways = [(step.end if step.kind == "total" else step.begin, step.end) for step in chart.steps]
    bars = waterfall(ways, max(LEAST, width - edge - end - 3))
    return [
        f"{pad(label, edge)} {pad(text, end, right=True)} {bar}".rstrip()
        for label, text, bar in zip(labels, shown, bars, strict=True)
    ]


def _heat(chart: HeatMap, width: int) -> list[str]:
    """Draw a line for each name, two cells for each step: the darker, the more."""
    names = [cut(printable(name), LONGEST_NAME) for name in chart.names]
    last = [chart.write(row[-1]) if (row := _known(values)) else "" for values in chart.values]
    edge, end = max(map(width_of, names)), max(map(width_of, last))
    steps = min(max(map(len, chart.values)), (width - edge - end - 2) // 2)
    values = [value for row in chart.values for value in _known(row[:steps])] or [0.0]
    count = len(TONES)
    scale = Scale(low=min(values), high=max(values), cells=count + 1)

    def tone(value: float | None) -> str:
        if value is None:
            return "  "
        share = (value - scale.low) / (scale.high - scale.low or 1.0)
        return TONES[min(int(share * count), count - 1)] * 2

    lines = [
        f"{pad(name, edge)} {pad(''.join(map(tone, row[:steps])), 2 * steps)} "
        f"{pad(value, end, right=True)}".rstrip()
        for name, row, value in zip(names, chart.values, last, strict=True)
    ]
    limits = [chart.write(scale.value(cell)) for cell in range(count + 1)]
    legend = [
        f"{sign * 2} {low}–{high}"
        for sign, (low, high) in zip(TONES, pairwise(limits), strict=True)
    ]
    marks = [step for step in range(steps) if (step + chart.first) % YEARLY == 0 or not step]
    axis = ""
    for step in marks:
        if 2 * step >= width_of(axis):
            axis = pad(axis, 2 * step) + f"{step + chart.first} "
    axis = pad("", edge + 1) + axis
    return [*flow(legend, width, mark="   "), axis.rstrip(), *lines]


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]
