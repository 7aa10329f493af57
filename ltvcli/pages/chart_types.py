"""Charts as data; a format draws them, and writes their text alternative.

A chart is made of sums and figures only, so that it is as small for ten million orders as for ten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Write = Callable[[float], str]
"""Writes a value of an axis for a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value at a place of the horizontal axis, with its interval if it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A series of values; `aside` marks a series for comparison."""

    label: str
    points: Sequence[Point]
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A reference value across the whole chart."""

    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Parts that add up, above and below zero, for each of `names`."""

    title: str
    write: Write
    names: Sequence[str]
    parts: Sequence[tuple[str, Sequence[float]]]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A value with its interval in a row of its own, and its grade."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotChart:
    """Values below one another on one axis, each with its interval."""

    title: str
    write: Write
    dots: Sequence[Dot]
    levels: Sequence[Level] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The effect of one lever: the value when it falls, and when it rises."""

    label: str
    falling: float
    rising: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanChart:
    """Spans on both sides of the current value, widest first."""

    title: str
    write: Write
    middle: float
    spans: Sequence[Span]
    words: tuple[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part of the way from one value to another, or a value itself, from 0.

    `kind` is total, rise, fall, or chance for what is not distinguishable from chance.
    """

    label: str
    begin: float
    end: float
    shown: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeChart:
    """The way from one value to another, step by step."""

    title: str
    write: Write
    steps: Sequence[Step]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Values by name and step, `first` the number of the first step; a web page shades a table."""

    title: str
    write: Write
    names: Sequence[str]
    values: Sequence[Sequence[float | None]]
    first: int = 0
    note: str = ""


Chart = LineChart | BarChart | DotChart | SpanChart | BridgeChart
