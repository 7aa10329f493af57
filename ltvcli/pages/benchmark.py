"""The pages of `ltv benchmark`: figures with those of a year ago, then the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.language import N_, Marked, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.benchmark import (
    METRICS,
    WHOLE_HISTORY,
    Because,
    BenchmarkReport,
    Compared,
    Comparison,
    OwnFigure,
    Position,
)
from ltvcli.text.layout import cut
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {"benchmarks": N_("Benchmarks"), "figures": N_("Your figures")}
COLUMNS = {
    "benchmarks": {
        "metric": (N_("Figure"), Unit.TEXT),
        "low": (N_("Low"), Unit.RATIO),
        "median": (N_("Median"), Unit.RATIO),
        "high": (N_("High"), Unit.RATIO),
        "n": (N_("n"), Unit.COUNT),
        "year": (N_("Year"), Unit.TEXT),
        "position": (N_("You are"), Unit.TEXT),
        "name": (N_("Companies"), Unit.TEXT),
    },
    "figures": {
        "metric": (N_("Figure"), Unit.TEXT),
        "window": (N_("Window"), Unit.TEXT),
        "yours": (N_("Now (95% CI)"), Unit.RATIO),
        "year_ago": (N_("A year ago (95% CI)"), Unit.RATIO),
    },
}
MEMO = {"source": (N_("Source"), Unit.TEXT), "url": (N_("Address"), Unit.TEXT)}
"""Columns that only a memo has room for."""
WINDOWS = {WHOLE_HISTORY: "{label}", "1": N_("{label}, 1 month")}
"""Labels of figures by window, unless it is "n months"."""
BECAUSE = {
    Because.NO_BENCHMARK: N_("no benchmark"),
    Because.NOT_MEASURED: N_("not in the data"),
    Because.DEFINITION: N_("another definition"),
    Because.BASIS: N_("another basis"),
    Because.WINDOW: N_("another window"),
    Because.CURRENCY_UNKNOWN: N_("currency not known"),
    Because.CURRENCY: N_("another currency"),
    Because.SIZE_UNKNOWN: N_("size not known"),
    Because.SEGMENT: N_("another ACV"),
    Because.EXCLUDED: N_("not of this size"),
}
POSITIONS = {
    Position.ABOVE: N_("above"),
    Position.BELOW: N_("below"),
    Position.WITHIN: N_("within the range"),
    Position.CLOSE: N_("not distinguishable"),
}
DEFINITIONS = {
    N_("Benchmark"): N_(
        "A published figure of other companies. It is compared only where definition, basis, "
        "window, currency and size match; a figure lies above or below only if its whole 95% CI "
        "does."
    ),
    N_("ACV"): N_("Annual contract value: 12 times the monthly revenue per paying customer."),
    N_("A year ago"): N_(
        "The same figure 12 months earlier, from the same files. It is the better benchmark: same "
        "business, same definition."
    ),
}
LONGEST = 16
"""Cells of a segment on a screen."""


def grids(report: BenchmarkReport | Compared, lang: str, width: int) -> list[Grid]:
    """Return both tables for a screen, with the benchmarks of this ACV, and one of each other kind.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    shown: list[Comparison] = []
    known: set[tuple[object, ...]] = set()
    for row in report.comparisons:
        if row.benchmark is None:
            continue
        key = (row.figure.metric, row.benchmark.source, row.benchmark.year, row.because)
        if row.because is None or (row.because is not Because.SEGMENT and key not in known):
            shown.append(row)
        known.add(key)
    hidden = sum(row.benchmark is not None for row in report.comparisons) - len(shown)
    drawn_grids = [_figures(report, lang)]
    if shown:
        drawn = _benchmarks(shown, report, lang, longest=LONGEST)
        note = fill(N_("(+{n} {n:row|rows}: --verbose)"), {"n": hidden}, lang)
        drawn_grids.append(replace(drawn, notes=[note]) if hidden else drawn)
    return drawn_grids


def memo(report: BenchmarkReport | Compared, lang: str) -> list[Grid]:
    """Return both tables in full."""
    rows = [row for row in report.comparisons if row.benchmark is not None]
    drawn_grids = [_figures(report, lang)]
    return [*drawn_grids, _benchmarks(rows, report, lang, more=True)] if rows else drawn_grids


def _figures(report: BenchmarkReport | Compared, lang: str) -> Grid:
    """Draw the figures of the data, each once and in its unit."""
    rows: list[tuple[Row, Unit]] = []
    for figure in report.figures:
        row: dict[str, float | str | None] = {"metric": METRICS[figure.metric].label}
        row |= {"window": window(figure, lang)}
        for key, value in (("yours", figure.now), ("year_ago", figure.year_ago)):
            row[key] = value.value if value else None
            row[f"{key}_low"] = value.low if value else None
            row[f"{key}_high"] = value.high if value else None
        rows.append((row, METRICS[figure.metric].unit))
    return table_page.grid_in_units(
        translate(TITLES["figures"], lang),
        COLUMNS["figures"],
        rows,
        ("yours", "year_ago"),
        report.currency,
        lang,
    )


def _benchmarks(
    comparisons: Sequence[Comparison],
    report: BenchmarkReport | Compared,
    lang: str,
    *,
    longest: int | None = None,
    more: bool = False,
) -> Grid:
    rows: list[tuple[Row, Unit]] = []
    for comparison in comparisons:
        benchmark, metric = comparison.benchmark, METRICS[comparison.figure.metric]
        assert benchmark is not None
        name = benchmark.segment or benchmark.source
        row: Row = {
            "metric": metric.label,
            "name": cut(name, longest) if longest else name,
            "low": benchmark.low,
            "median": benchmark.median,
            "high": benchmark.high,
            "n": benchmark.n,
            "year": _year(comparison, lang),
            "position": _position(comparison),
            "source": Marked(benchmark.source),
            "url": Marked(benchmark.url),
        }
        rows.append((row, metric.unit))
    columns = {**COLUMNS["benchmarks"], **(MEMO if more else {})}
    columns = {
        key: column
        for key, column in columns.items()
        if key not in ("low", "median", "high") or any(row[key] is not None for row, _ in rows)
    }
    return table_page.grid_in_units(
        translate(TITLES["benchmarks"], lang),
        columns,
        rows,
        ("low", "median", "high"),
        report.currency,
        lang,
    )


def _year(comparison: Comparison, lang: str) -> str:
    benchmark = comparison.benchmark
    assert benchmark is not None
    year = str(benchmark.year)
    return Marked(fill(N_("{year}, stale"), {"year": year}, lang)) if comparison.stale else year


def _position(comparison: Comparison) -> str:
    if comparison.because is not None:
        return BECAUSE[comparison.because]
    return POSITIONS[comparison.position] if comparison.position else ""


def window(figure: OwnFigure, lang: str) -> str:
    """Describe the window of a figure."""
    if figure.window == WHOLE_HISTORY:
        return Marked(translate(N_("all history"), lang))
    text = N_("{n} {n:month|months}")
    if on_revenue(figure):
        text = N_("{n} {n:month|months}, revenue")
    return Marked(fill(text, {"n": int(figure.window)}, lang))


def on_revenue(figure: OwnFigure) -> bool:
    """Return whether a value is revenue because no margin is known: it is an upper bound."""
    return figure.metric == "ltv_to_cac" and figure.basis == "revenue"
