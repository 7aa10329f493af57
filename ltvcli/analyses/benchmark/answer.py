"""Figures compared with benchmarks, and their position: `ltv benchmark`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Fact,
    Interval,
    Quantity,
    Row,
    Sentence,
    Source,
    Statement,
    interval_columns,
)
from ltvcli.results.benchmark import (
    METRICS,
    STANDARD,
    Band,
    Because,
    Benchmark,
    Comparison,
    OwnFigure,
    Position,
)

STALE_MONTHS = 24


class Business(Struct, frozen=True, kw_only=True):
    """Properties that select benchmarks: the currency, and the size by key of a band."""

    currency: str | None
    sizes: Mapping[str, float | None]


def compared(
    figures: Sequence[OwnFigure],
    shipped: Sequence[Benchmark],
    given: Sequence[Benchmark],
    business: Business,
    on: date,
) -> tuple[Comparison, ...]:
    """Compare every figure with each benchmark of its metric; figures without one come last.

    Benchmarks of figures that the data does not have are listed only if they are the user's.

    Args:
        figures: of the data.
        shipped: benchmarks that come with ltv.
        given: benchmarks of the user, which come first.
        business: currency and size of the data.
        on: day of the comparison, for the age of benchmarks.
    """
    rows: list[Comparison] = []
    for benchmark in (*given, *shipped):
        candidates = [figure for figure in figures if figure.metric == benchmark.metric]
        if not candidates and benchmark in shipped:
            continue
        figure = _nearest(candidates, benchmark)
        because = reason(figure, benchmark, business)
        rows.append(
            Comparison(
                figure=figure,
                benchmark=benchmark,
                because=because,
                position=None if because or not figure.now else position(figure.now, benchmark),
                stale=is_stale(benchmark.year, on),
            )
        )
    known = {row.figure.metric for row in rows}
    rows.sort(key=lambda row: (list(METRICS).index(row.figure.metric), row.because is not None))
    without = [
        Comparison(
            figure=figure,
            benchmark=None,
            because=Because.NO_BENCHMARK,
            position=None,
            stale=False,
        )
        for figure in figures
        if figure.metric not in known
    ]
    return (*rows, *without)


def _nearest(candidates: Sequence[OwnFigure], benchmark: Benchmark) -> OwnFigure:
    """Return the figure that is closest to a benchmark by window and basis."""
    nothing = OwnFigure(
        metric=benchmark.metric,
        basis=benchmark.basis,
        window=benchmark.window,
        now=None,
        year_ago=None,
    )
    return min(
        candidates,
        key=lambda figure: (
            figure.window != benchmark.window,
            figure.basis != benchmark.basis,
        ),
        default=nothing,
    )


def reason(figure: OwnFigure, benchmark: Benchmark, business: Business) -> Because | None:
    """Return why a figure cannot be compared with a benchmark; None if it can.

    Args:
        figure: of the data.
        benchmark: of the same metric.
        business: currency and size of the data.
    """
    currencies = {benchmark.currency, *(band.currency for band in benchmark.bands)} - {""}
    outside = {
        band.key
        for band in benchmark.bands
        if not inside(band, business.sizes.get(band.key) or 0.0)
    }
    differs = {
        Because.NOT_MEASURED: figure.now is None,
        Because.DEFINITION: benchmark.definition.casefold() != STANDARD,
        Because.BASIS: benchmark.basis.casefold() != figure.basis,
        Because.WINDOW: benchmark.window != figure.window,
        Because.CURRENCY_UNKNOWN: bool(currencies) and business.currency is None,
        Because.CURRENCY: bool(currencies - {business.currency}),
        Because.SIZE_UNKNOWN: any(business.sizes.get(band.key) is None for band in benchmark.bands),
        Because.SEGMENT: "acv" in outside,
        Because.EXCLUDED: bool(outside),
    }
    return next((because for because, holds in differs.items() if holds), None)


def inside(band: Band, size: float) -> bool:
    """Return whether a size lies in a band, without its upper end.

    >>> inside(Band(key="acv", low=12_000, high=25_000, currency="USD"), 25_000)
    False
    """
    return (band.low is None or size >= band.low) and (band.high is None or size < band.high)


def position(figure: Estimate, benchmark: Benchmark) -> Position:
    """Return the position of a figure: against the usual range if it is known, else the median.

    A measured figure is above or below only if its full 95% CI is.
    """
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    if figure.source is Source.MEASURED and (figure.low is None or figure.high is None):
        return Position.CLOSE
    if benchmark.low is not None and benchmark.high is not None:
        bottom, top = benchmark.low, benchmark.high
        if bottom <= low and high <= top:
            return Position.WITHIN
    else:
        bottom = top = next(
            value
            for value in (benchmark.median, benchmark.low, benchmark.high)
            if value is not None
        )
    if low > top:
        return Position.ABOVE
    return Position.BELOW if high < bottom else Position.CLOSE


def is_stale(year: int, on: date) -> bool:
    """Return whether a benchmark is older than 24 months, counted from the start of its year.

    >>> is_stale(2023, date(2025, 1, 31)), is_stale(2023, date(2025, 2, 1))
    (False, True)
    """
    return 12 * (on.year - year) + on.month - 1 > STALE_MONTHS


def rows(comparisons: Sequence[Comparison]) -> tuple[Row, ...]:
    """Return the table `benchmarks`."""
    return tuple(_row(comparison) for comparison in comparisons)


def _row(comparison: Comparison) -> Row:
    figure, benchmark = comparison.figure, comparison.benchmark
    published = {
        key: getattr(benchmark, key, None)
        for key in ("segment", "low", "median", "high", "n", "year", "source", "url")
    }
    return {
        "metric": figure.metric,
        **published,
        "definition": benchmark.definition if benchmark else STANDARD,
        "basis": benchmark.basis if benchmark else figure.basis,
        "window": benchmark.window if benchmark else figure.window,
        "unit": METRICS[figure.metric].unit,
        **interval_columns("yours", figure.now),
        "yours_basis": figure.basis,
        "yours_window": figure.window,
        **interval_columns("year_ago", figure.year_ago),
        "comparable": comparison.because is None,
        "because": comparison.because,
        "position": comparison.position,
        "stale": comparison.stale if benchmark else None,
    }


def statements(comparisons: Sequence[Comparison]) -> Iterator[Statement]:
    """Return the headline: how many figures could be compared."""
    metrics = {row.figure.metric for row in comparisons}
    could = {row.figure.metric for row in comparisons if row.because is None}
    yield Statement(
        says=Sentence(
            N_("{n} of {of} {of:figure|figures} can be compared with a benchmark"),
            {"n": len(could), "of": len(metrics)},
        )
    )


def figure_sentence(figure: OwnFigure) -> Sentence:
    """Describe a figure with its interval, and its value a year ago."""
    unit = METRICS[figure.metric].unit
    facts: dict[str, Fact] = {}
    if figure.now is None:
        return Sentence(N_("not known"))
    facts["value"] = Quantity(figure.now.value, unit)
    text = N_("{value}; a year ago: not known")
    if figure.now.low is not None and figure.now.high is not None:
        facts["interval"] = Interval(figure.now.low, figure.now.high, unit, figure.now.value)
        text = N_("{value} (95% CI {interval}); a year ago: not known")
    if figure.year_ago is not None:
        facts["before"] = Quantity(figure.year_ago.value, unit)
        text = (
            N_("{value} (95% CI {interval}); a year ago {before}")
            if "interval" in facts
            else N_("{value}; a year ago {before}")
        )
    return Sentence(text, facts)
