"""Charts as data; a format draws them, and writes their text alternative.

A chart is made of sums and figures only, so that it is as small for ten million orders as for ten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

Write = Callable[[float], str]
"""Writes a value of an axis for a reader."""


class Point(Struct, frozen=True, kw_only=True):
    """A value at a place of the horizontal axis, with its interval if it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


class Curve(Struct, frozen=True, kw_only=True):
    """A series of values; `aside` marks a series for comparison."""

    label: str
    points: Sequence[Point]
    aside: bool = False


class Level(Struct, frozen=True, kw_only=True):
    """A reference value across the whole chart."""

    label: str
    value: float


class LineChart(Struct, frozen=True, kw_only=True):
    """Curves over months or other steps; `names` are the names of the steps, if any.

    `marks` are points of the first curve that matter, each with what it says. Without `from_zero`
    the vertical axis holds the values only, as that of rates near 100% should.
    """

    title: str
    across: str
    write: Write
    curves: Sequence[Curve]
    names: Sequence[str] = ()
    levels: Sequence[Level] = ()
    marks: Sequence[tuple[Point, str]] = ()
    note: str = ""
    from_zero: bool = True


class BarChart(Struct, frozen=True, kw_only=True):
    """Parts that add up, above and below zero, for each of `names`."""

    title: str
    write: Write
    names: Sequence[str]
    parts: Sequence[tuple[str, Sequence[float]]]
    note: str = ""


class Dot(Struct, frozen=True, kw_only=True):
    """A value with its interval in a row of its own, and its grade."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    grade: str = ""


class DotChart(Struct, frozen=True, kw_only=True):
    """Values below one another on one axis, each with its interval."""

    title: str
    write: Write
    dots: Sequence[Dot]
    levels: Sequence[Level] = ()
    note: str = ""


class Span(Struct, frozen=True, kw_only=True):
    """The effect of one lever: the value when it falls, and when it rises."""

    label: str
    falling: float
    rising: float


class SpanChart(Struct, frozen=True, kw_only=True):
    """Spans on both sides of the current value, widest first."""

    title: str
    write: Write
    middle: float
    spans: Sequence[Span]
    words: tuple[str, str]
    note: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """A part of the way from one value to another, or a value itself, from 0.

    `kind` is total, rise, fall, or chance for what is not distinguishable from chance.
    """

    label: str
    begin: float
    end: float
    shown: str
    kind: str


class BridgeChart(Struct, frozen=True, kw_only=True):
    """The way from one value to another, step by step."""

    title: str
    write: Write
    steps: Sequence[Step]
    note: str = ""


class HeatMap(Struct, frozen=True, kw_only=True):
    """Values by name and step, `first` the number of the first step; a web page shades a table."""

    title: str
    write: Write
    names: Sequence[str]
    values: Sequence[Sequence[float | None]]
    first: int = 0
    note: str = ""


Chart = LineChart | BarChart | DotChart | SpanChart | BridgeChart
