"""The pages of `ltv predict`: forecast, backtest, calibration, and new customers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.language import N_, translate
from ltvcli.pages import backtest, grid_lines, table_page
from ltvcli.pages.content import Grid
from ltvcli.pages.predict_tables import (
    COLUMNS,
    DEFINITIONS,
    FIRST_PAID,
    OF_SUBSCRIPTIONS,
    OF_TABLE,
    TITLES,
    WORDS,
)
from ltvcli.results import Row
from ltvcli.results.prediction import PredictReport
from ltvcli.text.layout import cut
from ltvcli.text.numbers import Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit

__all__ = ["COLUMNS", "DEFINITIONS", "OF_TABLE", "TITLES", "grids", "memo"]

SPARE = (
    "past_orders", "past_value", "first_order", "orders", "cac", "customers", "value",
    "future_orders", "first_mrr", "mrr",
)  # fmt: skip
"""Columns to drop on narrow screens, in this order."""
LONGEST = 28
"""Cells of the name of a segment or customer."""
SHADED = N_("Line: 80% prediction interval")
MOST_ROWS = 12
"""Segments and cohorts on a screen."""


def grids(report: PredictReport, lang: str, width: int) -> list[Grid]:
    """Draw the backtest, deciles, and values by segment and of new customers.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    tables = report.tables
    tenths = tables.get("deciles", ())
    drawn = [
        _fitting("scenario", tables.get("scenario", ()), report, lang, width),
        backtest.record(tables["backtest"], lang, width),
    ]
    if tenths:
        drawn.append(
            backtest.tenths(
                tenths,
                _plain("deciles", tenths, report, lang),
                _plain("deciles", tenths, report, lang, without=("customers",)),
                report.evidence.tested_share,
                lang,
                width,
            )
        )
    if any("cac" in row for row in tables["cohorts"]):
        drawn.append(_fitting("cohorts", tables["cohorts"][::-1], report, lang, width))
    drawn.append(_fitting("segments", tables["segments"], report, lang, width))
    kinds = [row for row in tables["new"] if row["size"] is None]
    sizes = [row for row in tables["new"] if row["segment"] is None and row["size"] is not None]
    if len(sizes) == 1:  # all first orders have the same size
        sizes = []
    if len(kinds) > 1 or not sizes:
        drawn.append(_fitting("new", kinds, report, lang, width, without=("size", "up_to")))
    by_size = _fitting("new", sizes, report, lang, width, without=("segment", "cac"))
    title = translate(N_("New customers, by size of the first order"), lang)
    drawn.append(replace(by_size, title=title))
    for name in ("behaviour", "keep", "at_risk"):
        drawn.append(_fitting(name, tables.get(name, ()), report, lang, width))
    return [table_grid for table_grid in drawn if table_grid.rows]


def _title(name: str, report: PredictReport) -> str:
    return FIRST_PAID if name == "cohorts" and _recurs(report) else TITLES[name]


def memo(report: PredictReport, lang: str) -> list[Grid]:
    """Return every table that has rows, in full."""
    return [_plain(name, rows, report, lang) for name, rows in report.tables.items() if rows]


def _plain(
    name: str, rows: Sequence[Row], report: PredictReport, lang: str, without: Sequence[str] = ()
) -> Grid:
    worded = [_worded(row, lang) for row in rows]
    known = COLUMNS[name] | (OF_SUBSCRIPTIONS.get(name, {}) if _recurs(report) else {})
    columns = {
        key: column
        for key, column in known.items()
        if key not in without and any(row.get(key) is not None for row in rows)
    }
    return table_page.grid(
        translate(_title(name, report), lang),
        columns,
        worded,
        report.currency,
        lang,
        upper_bound=report.basis == "revenue",
    )


def _recurs(report: PredictReport) -> bool:
    return report.evidence.leavers is not None


def _fitting(
    name: str,
    rows: Sequence[Row],
    report: PredictReport,
    lang: str,
    width: int,
    *,
    without: Sequence[str] = (),
) -> Grid:
    """Draw the rows for a screen, and drop columns until it fits."""
    short = [
        {
            key: cut(value, LONGEST) if isinstance(value, str) else value
            for key, value in row.items()
        }
        for row in rows[:MOST_ROWS]
    ]
    for least in range(len(SPARE) + 1):
        narrowed = _plain(name, short, report, lang, (*without, *SPARE[:least]))
        if not narrowed.rows or backtest.needed(narrowed, width) <= width:
            break
    notes = []
    if left := len(rows) - len(short):
        notes.append(fill(N_("(+{n} {n:row|rows}: --verbose)"), {"n": left}, lang))
    every = _plain(name, short, report, lang, without)
    if hidden := len(every.heads) - len(narrowed.heads):
        notes.append(grid_lines.hidden_columns(hidden, lang))
    return replace(narrowed, notes=notes)


def _worded(row: Row, lang: str) -> Row:
    """Replace the values of cells by words."""
    worded = {
        key: translate(WORDS[key][value], lang) if value in WORDS.get(key, {}) else value
        for key, value in row.items()
    }
    if "payback" in row:
        worded["payback"] = _payback(row, lang)
    return worded


def _payback(row: Row, lang: str) -> str:
    """Write a month, or words if it is beyond the horizon.

    >>> _payback({"payback": 3, "payback_low": 2, "payback_high": None}, "en")
    '3 (2 or later)'
    """
    month, low, high = (row[f"payback{end}"] for end in ("", "_low", "_high"))
    if month is None:
        return translate(N_("past the horizon"), lang)
    text = f"{month} ({low}–{high})"
    if low == high:
        text = f"{month}"
    elif high is None:
        text = fill(N_("{month} ({low} or later)"), {"month": month, "low": low}, lang)
    ends = (float(end) if isinstance(end, (int, float)) else None for end in (low, high))
    return Numeral(text, float(month), Unit.COUNT, *ends)
