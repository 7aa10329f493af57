"""The pages of `ltv history`: runs with their main figure, and the figures of one run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from ltvcli.analyses.history.sentences import REASONS
from ltvcli.analyses.review.sentences import named as of_basis
from ltvcli.language import N_, printable, translate
from ltvcli.pages import forecasts, history_chart
from ltvcli.pages.content import Grid
from ltvcli.pages.review import MARKS
from ltvcli.pages.shared import every_figure
from ltvcli.results import Estimate, Row, Sentence
from ltvcli.results.history import Because, HistoryReport, Restated
from ltvcli.results.review import TILES
from ltvcli.text.numbers import MISSING, Numeral, bracketed, interval, show
from ltvcli.text.words import fill, say
from ltvcli.units import Unit

TITLES = {
    "runs": N_("Runs"),
    "figures": N_("Figures"),
    "trend": N_("Reported and restated"),
    **forecasts.TITLES,
}
COLUMNS = {
    **forecasts.COLUMNS,
    "runs": {
        "run": (N_("Run"), Unit.COUNT),
        "recorded_at": (N_("Recorded (UTC)"), Unit.TEXT),
        "command": (N_("Command"), Unit.TEXT),
        "as_of": (N_("Data through"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value (95% CI)"), Unit.RATIO),
        "version": (N_("Version"), Unit.TEXT),
    },
    "figures": {
        "segment": (N_("Segment"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value (95% CI)"), Unit.RATIO),
    },
    "trend": {
        "period": (N_("Data through"), Unit.TEXT),
        "segment": (N_("Segment"), Unit.TEXT),
        "reported": (N_("Reported (95% CI)"), Unit.RATIO),
        "restated": (N_("Restated (95% CI)"), Unit.RATIO),
        "signal": (N_("Signal"), Unit.TEXT),
        "because": (N_("Reason"), Unit.TEXT),
    },
}
DEFINITIONS = {
    N_("Reported"): N_("The figure as it was recorded after the end of the period."),
    N_("Restated"): N_(
        "The same figure for the same day from today's data, with today's settings and version. "
        "If it lies outside the interval of the reported figure, the reason is shown."
    ),
    N_("Trend"): N_("A figure over the recorded runs, by the last day of the data of each."),
    N_("Reason"): N_(
        "Why the restated value lies outside the interval of the reported one, and by how much: "
        "data revised, settings changed, or version changed. The parts add up to the difference."
    ),
    N_("Run"): N_(
        "An answer recorded with --record: its figures, settings and sums, without customers. The "
        "same run is recorded once."
    ),
}
OF_TABLE = {"Reported": "trend", "Restated": "trend", "Trend": "trend", "Reason": "trend"}
"""Definitions that only a page with a table has."""
MOST = 20
"""Runs on a screen, the newest ones."""
LABELS = {"arr": N_("ARR"), "mrr": N_("MRR"), "payback": N_("Payback")}


def grids(report: HistoryReport, lang: str, width: int) -> list[Grid]:
    """Return the tables for a screen: of runs, the newest ones.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    if report.action == "trend":
        return [*history_chart.charts(report, lang, width), *memo(report, lang)]
    drawn = memo(report, lang)
    if report.action != "list":
        return drawn
    return [_newest(grid, lang) if len(grid.rows) > MOST else grid for grid in drawn]


def _newest(grid: Grid, lang: str) -> Grid:
    hidden = fill(N_("(+{n} {n:row|rows}: --verbose)"), {"n": len(grid.rows) - MOST}, lang)
    return replace(grid, rows=grid.rows[-MOST:], notes=[hidden])


def memo(report: HistoryReport, lang: str) -> list[Grid]:
    """Return the tables in full."""
    if report.action == "forget":
        return []
    if report.action == "forecasts":
        return forecasts.memo(report, lang)
    draw = _trend if report.action == "trend" else _grid
    return [draw(name, rows, report, lang) for name, rows in report.tables.items() if rows]


def label(name: str | None, lang: str) -> str:
    """Return the label of a figure on a page."""
    return translate(named(name), lang) if name else ""


def named(name: str) -> str:
    """Return the label of a figure; its name if it has none."""
    labels = {key: tile.label for key, tile in TILES.items()} | LABELS
    labels |= {key: figure.label for key, figure in every_figure()}
    return labels.get(name, name)


def figure_of(row: Mapping[str, Any]) -> Sentence:
    """Return the label of a recorded figure, marked if it is of revenue without a margin."""
    name = row["figure"]
    if not name:
        return Sentence("")
    known = of_basis(str(name), named(str(name)), str(row.get("basis")))
    return Sentence("{figure}", {"figure": known})


def value(row: Mapping[str, Any], currency: str | None, lang: str, key: str = "value") -> str:
    """Write a figure in its unit, followed by its interval.

    Args:
        row: with `unit`, and the figure and the ends of its interval under `key`.
        currency: of money.
        lang: of the words.
        key: of the figure.
    """
    number = row[key]
    if number is None:
        return ""
    unit = Unit(str(row["unit"]).partition("/")[0])
    text = show(number, unit, currency, lang)
    range_ = interval(row.get(f"{key}_low"), row.get(f"{key}_high"), unit, number, currency)
    return bracketed(text, range_)


def _grid(name: str, rows: tuple[Row, ...], report: HistoryReport, lang: str) -> Grid:
    columns = COLUMNS[name]

    def cell(row: Row, key: str) -> str:
        match key:
            case "value":
                currency = row.get("currency") or report.currency
                return value(row, str(currency) if currency else None, lang)
            case "figure":
                return printable(say(figure_of(row), lang, report.currency))
            case "run":
                return Numeral(str(row[key]), float(row[key] or 0), Unit.COUNT)
            case "recorded_at":
                return str(row[key]).replace("T", " ").rstrip("Z")[:16]
        return "" if row[key] is None else printable(str(row[key]))

    keys = [key for key in columns if any(row[key] is not None for row in rows)]
    return Grid(
        title=translate(TITLES[name], lang),
        heads=[translate(columns[key][0], lang) for key in keys],
        rows=[[cell(row, key) for key in keys] for row in rows],
        left=[place for place, key in enumerate(keys) if columns[key][1] is Unit.TEXT],
        optional=[place for place, key in enumerate(keys) if key == "version"],
    )


def _trend(name: str, rows: tuple[Row, ...], report: HistoryReport, lang: str) -> Grid:
    columns = COLUMNS[name]

    def cells(row: Restated) -> list[str]:
        both = [
            value(estimated(estimate, report.unit), report.currency, lang)
            for estimate in (row.reported, row.restated)
        ]
        signal = translate(MARKS[row.signal], lang) if row.signal else ""
        because = ", ".join(_reason(row, reason, report, lang) for reason in row.because)
        segment = [printable(row.segment) or MISSING] if report.by else []
        return [row.period.isoformat(), *segment, *both, signal, because]

    keys = [key for key in columns if key != "segment" or report.by]
    texts = [place for place, key in enumerate(keys) if columns[key][1] is Unit.TEXT]
    return Grid(
        title=f"{label(report.figure, lang)}: {translate(TITLES[name], lang)}",
        heads=[translate(columns[key][0], lang) for key in keys],
        rows=[cells(row) for row in report.trend],
        left=texts,
    )


def estimated(estimate: Estimate | None, unit: str) -> dict[str, Any]:
    """Return an estimate as `value` takes it."""
    if estimate is None:
        return {"value": None, "unit": unit}
    ends = {"value_low": estimate.low, "value_high": estimate.high}
    return {"value": estimate.value, **ends, "unit": unit}


def _reason(row: Restated, reason: Because, report: HistoryReport, lang: str) -> str:
    """Write a reason, and by how much it moves the figure."""
    moved = row.parts[reason] or 0.0
    text = show(abs(moved), Unit(report.unit.partition("/")[0]), report.currency, lang)
    sign = "+" if moved > 0 else "-"
    return f"{translate(REASONS[reason], lang)} {sign}{text}"
