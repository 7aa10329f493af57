"""Charts as inline SVG, drawn by us in a few hundred lines.

Why not by a library: the page must stay below 300 KB, load nothing, run no script and follow the
reader's colours. A curve of 24 points is 32 KB with pygal 3.1, which adds a script and addresses of
other hosts, and 10 KB with matplotlib 3.11, which is a 35 MB install with colours fixed in the
file; leather 0.4 writes 4 KB, but draws neither intervals nor text in the reader's colours, and
cannot be laid out for a telephone. Drawn here it is 3 KB, and its colours come from the page.

Every text goes through `Markup.format`, which escapes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ltvcli.language import printable
from ltvcli.pages.chart_types import (
    BarChart,
    BridgeChart,
    Chart,
    DotChart,
    Level,
    LineChart,
    SpanChart,
)
from ltvcli.text.layout import cut, width_of

LETTER = 7.5
"""Width of a letter of 12 pixels; a wide one takes two."""
BOLD = 1.12
"""How much wider bold letters are."""
LINE = 15
"""Height of a line of text."""
LONGEST_LABEL = 22
"""Letters of a direct label."""
_TICKS = 5
_STEPS = (1, 2, 2.5, 5, 10)
_NARROW = 400


def draw(chart: Chart, width: int) -> Markup:
    """Draw a chart `width` pixels wide.

    >>> "</svg>" in draw(DotChart(title="LTV", write=str, dots=[]), 340)
    True
    """
    match chart:
        case LineChart():
            height, marks = _lines(chart, width)
        case BarChart():
            height, marks = _bars(chart, width)
        case DotChart():
            height, marks = _dots(chart, width)
        case SpanChart():
            height, marks = _spans(chart, width)
        case BridgeChart():
            height, marks = _bridge(chart, width)
    head = '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">'
    start = Markup(head).format(width, round(height), printable(described(chart)))
    return start + Markup("").join(marks) + Markup("</svg>")


def described(chart: Chart) -> str:
    """Write the text alternative of a chart."""
    write, parts = chart.write, []
    if isinstance(chart, LineChart):
        for curve in chart.curves:
            if curve.points:
                first, last = curve.points[0], curve.points[-1]
                parts.append(f"{curve.label} {write(first.y)} … {write(last.y)}")
        parts += [f"{level.label} {write(level.value)}" for level in chart.levels]
        parts += [text for _, text in chart.marks]
    elif isinstance(chart, DotChart):
        parts += [f"{dot.label} {write(dot.value)}" for dot in chart.dots]
    elif isinstance(chart, SpanChart):
        parts += [
            f"{span.label} {write(span.falling)} … {write(span.rising)}" for span in chart.spans
        ]
    elif isinstance(chart, BridgeChart):
        parts += [f"{step.label} {step.shown}" for step in chart.steps]
    else:
        parts += [
            f"{label} {write(values[0])} … {write(values[-1])}"
            for label, values in chart.parts
            if values
        ]
    return f"{chart.title}: {'; '.join(parts)}"


def ticks(low: float, high: float, count: int = _TICKS) -> list[float]:
    """List round values, two at least, from `low` or below to `high` or above.

    Args:
        low: least value that is shown.
        high: largest value that is shown.
        count: steps between them, at most.

    >>> ticks(0, 47), ticks(-0.2, 1)
    ([0.0, 10.0, 20.0, 30.0, 40.0, 50.0], [-0.25, 0.0, 0.25, 0.5, 0.75, 1.0])
    """
    size = (high - low) / count or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(size))
    step = next(factor * power for factor in _STEPS if factor * power >= size * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return [round(n * step, 12) for n in range(first, last + 1)]


def _text(x: float, y: float, text: str, anchor: str = "", kind: str = "") -> Markup:
    return Markup('<text x="{}" y="{}"{}{}>{}</text>').format(
        _px(x),
        _px(y),
        Markup(' text-anchor="{}"').format(anchor) if anchor else "",
        Markup(' class="{}"').format(kind) if kind else "",
        printable(text),
    )


def _stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return Markup('<path class="{}" d="M{} {}L{} {}"/>').format(
        kind, _px(x1), _px(y1), _px(x2), _px(y2)
    )


def _path(places: Iterable[tuple[float, float]], kind: str, *, closed: bool = False) -> Markup:
    line = "L".join(f"{_px(x)} {_px(y)}" for x, y in places)
    return Markup('<path class="{}" d="M{}{}"/>').format(kind, line, "Z" if closed else "")


def _dot(x: float, y: float, kind: str) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="4"/>').format(kind, _px(x), _px(y))


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        kind, _px(x), _px(y), _px(max(width, 0.5)), _px(max(height, 0.5))
    )


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _wide(text: str) -> float:
    return LETTER * width_of(printable(text))


def _spread(places: Sequence[float], top: float, bottom: float) -> list[float]:
    """Move overlapping labels apart, each as little as possible."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    moved = list(places)
    before = top - LINE
    for n in order:
        moved[n] = max(moved[n], before + LINE)
        before = moved[n]
    after = bottom + LINE
    for n in reversed(order):
        moved[n] = min(moved[n], after - LINE)
        after = moved[n]
    return moved


def _lines(chart: LineChart, width: int) -> tuple[float, list[Markup]]:
    points = [point for curve in chart.curves for point in curve.points]
    ends = [end for p in points for end in (p.y, p.low, p.high) if end is not None]
    ends += [level.value for level in chart.levels]
    zero = [0.0] if chart.from_zero else []
    steps = ticks(min(zero + ends), max(zero + ends))
    height = 0.62 * width if width < _NARROW else 0.52 * width
    labels = [cut(curve.label, LONGEST_LABEL) for curve in chart.curves if curve.points]
    labels += [cut(level.label, LONGEST_LABEL) for level in chart.levels]
    left = max(_wide(chart.write(step)) for step in steps) + 8
    right = BOLD * max((_wide(label) for label in labels), default=0) + 10
    top, bottom = 12.0, height - 42
    first, last = min(p.x for p in points), max(p.x for p in points)

    def across(x: float) -> float:
        return left + (width - left - right) * (x - first) / ((last - first) or 1)

    def up(y: float) -> float:
        return bottom - (bottom - top) * (y - steps[0]) / (steps[-1] - steps[0])

    marks = []
    for step in steps:
        kind = "zero" if step == 0 else "grid"
        marks.append(_stroke(left, up(step), width - right, up(step), kind))
        marks.append(_text(left - 6, up(step) + 4, chart.write(step), "end"))
    marks += _across(chart, first, last, left, width - right, bottom)
    marks += [
        _stroke(left, up(level.value), width - right, up(level.value), "level")
        for level in chart.levels
    ]
    for number, curve in enumerate(chart.curves):
        known = [p for p in curve.points if p.low is not None and p.high is not None]
        if len(known) > 1:
            edge = [(across(p.x), up(p.high or 0.0)) for p in known]
            edge += [(across(p.x), up(p.low or 0.0)) for p in reversed(known)]
            marks.append(_path(edge, f"band b{number}", closed=True))
    for number, curve in enumerate(chart.curves):
        kind = f"curve c{number}" + (" aside" if curve.aside else "")
        if len(curve.points) == 1:
            marks.append(_dot(across(curve.points[0].x), up(curve.points[0].y), f"dot d{number}"))
        elif curve.points:
            marks.append(_path(((across(p.x), up(p.y)) for p in curve.points), kind))
    drawn = [(f"t{n}", curve) for n, curve in enumerate(chart.curves) if curve.points]
    heights = [up(curve.points[-1].y) for _, curve in drawn]
    heights += [up(level.value) for level in chart.levels]
    kinds = [kind for kind, _ in drawn] + ["tl"] * len(chart.levels)
    for label, place, kind in zip(labels, _spread(heights, top, bottom), kinds, strict=True):
        marks.append(_text(width - right + 6, place + 4, label, "", kind))
    for point, text in chart.marks:
        marks.append(_dot(across(point.x), up(point.y), "dot mark"))
        x, anchor = _beside(across(point.x), _wide(text), left, width - right)
        y = up(point.y) + 18
        near = [up(level.value) for level in chart.levels if abs(up(level.value) - y + 4) < LINE]
        y = near[0] + LINE + 2 if near else y
        marks.append(_text(x, y, text, anchor, "mark"))
    return height, marks


def _beside(point: float, wide: float, left: float, right: float) -> tuple[float, str]:
    """Place a text to the right or left of a point; without room on either side, below it.

    Args:
        point: where it is, across.
        wide: width of the text.
        left: edge of the plot, which a text must not cross.
        right: the other edge.
    """
    if point + wide + 10 < right:
        return point + 8, "start"
    if point - wide - 10 > left:
        return point - 8, "end"
    return max(left + 4, right - wide), "start"


def _across(
    chart: LineChart, first: float, last: float, left: float, right: float, bottom: float
) -> list[Markup]:
    """Draw the horizontal axis: some of its steps, and their unit."""
    room = max(int((right - left) / 62), 1)
    if chart.names:
        every = max(1, math.ceil((len(chart.names)) / room))
        steps = [float(n) for n in range(len(chart.names) - 1, -1, -every)]
        names = {step: chart.names[int(step)] for step in steps}
    else:
        steps = [step for step in ticks(first, last, room) if first <= step <= last]
        names = {step: f"{step:g}" for step in steps if step == int(step)}
    marks = []
    taken = math.inf
    for step, name in sorted(names.items(), reverse=True):
        x = left + (right - left) * (step - first) / ((last - first) or 1)
        anchor = "end" if x + _wide(name) / 2 > right + 24 else "middle"
        end = x if anchor == "end" else x + _wide(name) / 2
        if end + 6 > taken:
            continue
        taken = end - _wide(name)
        marks.append(_stroke(x, bottom, x, bottom + 4, "zero"))
        marks.append(_text(x, bottom + 17, name, anchor))
    marks.append(_text((left + right) / 2, bottom + 35, chart.across, "middle", "axis"))
    return marks


def _bars(chart: BarChart, width: int) -> tuple[float, list[Markup]]:
    above = [sum(max(v[n], 0) for _, v in chart.parts) for n in range(len(chart.names))]
    below = [sum(min(v[n], 0) for _, v in chart.parts) for n in range(len(chart.names))]
    steps = ticks(min([0.0, *below]), max([0.0, *above]))
    left = max(_wide(chart.write(step)) for step in steps) + 8
    marks: list[Markup] = []
    x, y = 0.0, 12.0
    for number, (label, _) in enumerate(chart.parts):  # what the colours mean, in their order
        if x and x + _wide(label) + 18 > width:
            x, y = 0.0, y + LINE + 3
        marks.append(_rect(x, y - 9, 10, 10, f"s{number}"))
        marks.append(_text(x + 15, y, label))
        x += _wide(label) + 30
    height = y + (0.55 * width if width < _NARROW else 0.46 * width)
    top, bottom = y + 16, height - 26

    def up(value: float) -> float:
        return bottom - (bottom - top) * (value - steps[0]) / (steps[-1] - steps[0])

    for step in steps:
        marks.append(_stroke(left, up(step), width, up(step), "zero" if step == 0 else "grid"))
        marks.append(_text(left - 6, up(step) + 4, chart.write(step), "end"))
    slot = (width - left) / max(len(chart.names), 1)
    wide = max(min(slot * 0.7, 36), 1)
    for n in range(len(chart.names)):
        middle = left + slot * (n + 0.5)
        over = under = 0.0
        for number, (_, values) in enumerate(chart.parts):
            value = values[n]
            begin = over if value > 0 else under
            if value:
                high = max(begin, begin + value)
                tall = up(high - abs(value)) - up(high)
                marks.append(_rect(middle - wide / 2, up(high), wide, tall, f"s{number}"))
            over, under = over + max(value, 0.0), under + min(value, 0.0)
    taken = math.inf
    for n in range(len(chart.names) - 1, -1, -1):
        name = chart.names[n]
        end = min(left + slot * (n + 0.5) + _wide(name) / 2, width)
        if end + 6 <= taken:
            taken = end - _wide(name)
            marks.append(_text(end, bottom + 17, name, "end"))
    return height, marks


def _dots(chart: DotChart, width: int) -> tuple[float, list[Markup]]:
    rows = [(dot.label, dot.value, dot.low, dot.high) for dot in chart.dots]
    ends = [end for _, *values in rows for end in values if end is not None]
    shown = [f"{SIGN.get(dot.grade, '')} {chart.write(dot.value)}".strip() for dot in chart.dots]
    frame = _Rows([dot.label for dot in chart.dots], shown, ends, chart.levels, width, chart.write)
    marks = frame.marks
    for n, dot in enumerate(chart.dots):
        y = frame.middle(n)
        if dot.low is not None and dot.high is not None:
            marks.append(_stroke(frame.across(dot.low), y, frame.across(dot.high), y, "span"))
        marks.append(_dot(frame.across(dot.value), y, f"dot g-{dot.grade or 'none'}"))
    return frame.height, marks


SIGN = {"healthy": "✓", "improvable": "~", "caution": "!", "danger": "✗", "unknown": "?"}
"""Signs of grades, so that colour is never alone."""


def _spans(chart: SpanChart, width: int) -> tuple[float, list[Markup]]:
    ends = [end for span in chart.spans for end in (span.falling, span.rising)]
    middle = Level(label=chart.write(chart.middle), value=chart.middle)
    shown = [f"{chart.write(span.falling)} / {chart.write(span.rising)}" for span in chart.spans]
    labels = [span.label for span in chart.spans]
    frame = _Rows(labels, shown, [*ends, chart.middle], [middle], width, chart.write, legend=True)
    marks = frame.marks
    x = 0.0
    for kind, word in zip(("fall", "rise"), chart.words, strict=True):
        marks.append(_rect(x, 3, 10, 10, kind))
        marks.append(_text(x + 15, 12, word))
        x += _wide(word) + 30
    for n, span in enumerate(chart.spans):
        for kind, end in (("fall", span.falling), ("rise", span.rising)):
            start, stop = sorted((frame.across(chart.middle), frame.across(end)))
            lift = -8 if kind == "fall" else 0
            marks.append(_rect(start, frame.middle(n) + lift, stop - start, 8, kind))
    return frame.height, marks


def _bridge(chart: BridgeChart, width: int) -> tuple[float, list[Markup]]:
    ends = [end for step in chart.steps for end in (step.begin, step.end)]
    labels, shown = ([step.label for step in chart.steps], [step.shown for step in chart.steps])
    frame = _Rows(labels, shown, ends, (), width, chart.write)
    marks = frame.marks
    for n, step in enumerate(chart.steps):
        start, stop = sorted((frame.across(step.begin), frame.across(step.end)))
        marks.append(_rect(start, frame.middle(n) - 7, stop - start, 14, f"step-{step.kind}"))
        if n + 1 < len(chart.steps):
            x = frame.across(step.end)
            marks.append(_stroke(x, frame.middle(n) + 7, x, frame.middle(n + 1) - 7, "zero"))
    return frame.height, marks


class _Rows:
    """A chart with a row per value: a label at the left, and its drawing at the right."""

    def __init__(
        self,
        labels: Sequence[str],
        shown: Sequence[str],
        ends: Sequence[float],
        levels: Sequence[Level],
        width: int,
        write: object,
        *,
        legend: bool = False,
    ) -> None:
        assert callable(write)
        most = 15 if width < _NARROW else 30
        names = [cut(printable(label), most) for label in labels]
        self.left = max(map(_wide, names), default=0) + 10
        self.right = width - max(map(_wide, shown), default=0) - 10
        values = [*ends, *(level.value for level in levels)]
        self.low, self.high = min([0.0, *values]), max([0.0, *values]) or 1.0
        room = max(2, int((self.right - self.left) / 70))
        steps = ticks(self.low, self.high, room)
        self.steps = [step for step in steps if self.low <= step <= self.high]
        self.top = (18 if legend else 0) + (18 if levels else 4)
        bottom = self.top + 26 * len(labels)
        self.height = bottom + 24
        self.marks: list[Markup] = []
        for step in self.steps:
            x = self.across(step)
            kind = "zero" if step == 0 else "grid"
            self.marks.append(_stroke(x, self.top, x, bottom, kind))
            self.marks.append(_text(x, bottom + 17, write(step), "middle"))
        for level in levels:
            x = self.across(level.value)
            self.marks.append(_stroke(x, self.top, x, bottom, "level"))
            self.marks.append(_text(x, self.top - 5, level.label, "middle", "tl"))
        for n, (name, text) in enumerate(zip(names, shown, strict=True)):
            y = self.middle(n) + 4
            self.marks.append(_text(self.left - 10, y, name, "end", "name"))
            self.marks.append(_text(width, y, text, "end", "value"))

    def across(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    def middle(self, row: int) -> float:
        return self.top + 26 * row + 13
