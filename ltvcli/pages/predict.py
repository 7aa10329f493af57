"""The pages of `ltv predict`: forecast, backtest, calibration, and new customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ltvcli.language import N_, translate
from ltvcli.pages import backtest, cohorts, grid_lines, table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.prediction import NAMES, PredictReport
from ltvcli.text.layout import cut
from ltvcli.text.numbers import Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {
    "totals": N_("Past and future"),
    "backtest": N_("Backtest"),
    "deciles": N_("Deciles of customers by forecast orders"),
    "segments": N_("By segment"),
    "cohorts": N_("By month of the first order"),
    "new": N_("New customers, over the horizon"),
    "models": N_("Fitted models"),
    "acquisition": cohorts.TITLES["acquisition"],
    "keep": N_("Top retention targets"),
    "at_risk": N_("Highest value at risk"),
}
FIRST_PAID = N_("By month of the first paid day")
_COST = {
    "cac": (N_("CAC"), Unit.MONEY),
    "pltv_to_cac": (N_("pLTV/CAC"), Unit.RATIO),
    "grade": (N_("Verdict"), Unit.TEXT),
}
_AHEAD = {
    "customers": (N_("Customers"), Unit.COUNT),
    "customers_closing": (N_("Paying customers"), Unit.COUNT),
    "mrr": (N_("MRR"), Unit.MONEY),
    "past_orders": (N_("Orders to date"), Unit.COUNT),
    "past_value": (N_("Value to date"), Unit.MONEY),
    "orders": (N_("Forecast orders"), Unit.COUNT),
    "expected_months": (N_("Expected months"), Unit.RATIO),
    "value": (N_("Forecast value"), Unit.MONEY),
    "pltv": (N_("pLTV"), Unit.MONEY),
    **_COST,
}
_ONE = {
    "customer": (N_("Customer"), Unit.TEXT),
    "past_orders": (N_("Orders to date"), Unit.COUNT),
    "past_value": (N_("Value to date"), Unit.MONEY),
    "future_orders": (N_("Forecast orders"), Unit.RATIO),
    "future_value": (N_("Forecast value"), Unit.MONEY),
    "none_within_90d": (N_("No order in 90 days"), Unit.RATE),
}
COLUMNS = {
    "totals": {
        "part": (N_("Part"), Unit.TEXT),
        "customers": (N_("Paying customers"), Unit.COUNT),
        "orders": (N_("Orders"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
    },
    "backtest": {
        "cutoff": (N_("As of"), Unit.TEXT),
        "horizon": (N_("Months ahead"), Unit.RATIO),
        "model": (N_("Forecast"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "actual": (N_("Actual orders"), Unit.COUNT),
        "predicted": (N_("Forecast orders"), Unit.COUNT),
        "orders_bias": (N_("Error"), Unit.RATE),
        "value_bias": (N_("Value error"), Unit.RATE),
        "rmse": (N_("RMSE"), Unit.RATIO),
        "mae": (N_("MAE"), Unit.RATIO),
        "spearman": (N_("Rank correlation"), Unit.RATIO),
        "gini": (N_("Gini"), Unit.RATIO),
        "coverage80": (N_("Coverage (80% CI)"), Unit.RATE),
        "chosen": (N_("Chosen"), Unit.TEXT),
    },
    "deciles": {
        "decile": (N_("Decile"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "orders": (N_("Forecast orders"), Unit.COUNT),
        "predicted": (N_("Forecast"), Unit.COUNT),
        "actual": (N_("Actual"), Unit.COUNT),
    },
    "segments": {"segment": (N_("Segment"), Unit.TEXT), **_AHEAD},
    "cohorts": {"cohort": (N_("Cohort"), Unit.TEXT), **_AHEAD},
    "new": {
        "segment": (N_("Segment"), Unit.TEXT),
        "size": (N_("First order"), Unit.COUNT),
        "up_to": (N_("up to"), Unit.MONEY),
        "customers": (N_("Customers"), Unit.COUNT),
        "first_order": (N_("First order value"), Unit.MONEY),
        "first_mrr": (N_("First MRR"), Unit.MONEY),
        "orders": (N_("Orders"), Unit.RATIO),
        "expected_months": (N_("Expected months"), Unit.RATIO),
        "value": (N_("Value"), Unit.MONEY),
        **_COST,
        "payback": (N_("Payback by month"), Unit.COUNT),
    },
    "models": {
        "segment": (N_("Segment"), Unit.TEXT),
        "model": (N_("Forecast"), Unit.TEXT),
        "every": (N_("Months to renewal"), Unit.COUNT),
        "fitted": (N_("Fitted"), Unit.TEXT),
        "parameter": (N_("Parameter"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "standard_error": (N_("Standard error"), Unit.RATIO),
        "log_likelihood": (N_("Log-likelihood"), Unit.RATIO),
    },
    "acquisition": cohorts.COLUMNS["acquisition"],
    "keep": _ONE,
    "at_risk": _ONE,
}
OF_SUBSCRIPTIONS = {
    "backtest": {
        "actual": (N_("Still paying"), Unit.COUNT),
        "predicted": (N_("Forecast to pay"), Unit.COUNT),
        "value_bias": (N_("Revenue error"), Unit.RATE),
        "actual_value": (N_("Actual revenue"), Unit.MONEY),
        "predicted_value": (N_("Forecast revenue"), Unit.MONEY),
        "customers_bias": (N_("Customer error"), Unit.RATE),
    },
    "cohorts": {"cohort": (N_("First paid month"), Unit.TEXT)},
}
"""Labels of columns that hold something else of subscriptions."""
DEFINITIONS = {
    N_("pLTV"): N_(
        "Value to date plus forecast value of a customer; for a new customer, the forecast only."
    ),
    N_("CAC"): N_(
        "Average CAC, of the segment or month if known; the next customer may cost more."
    ),
    N_("Payback by month"): N_(
        "The month in which the expected cumulative margin of a new customer (undiscounted) "
        "reaches the CAC."
    ),
    N_("Expected months"): N_(
        "Mean number of months within the horizon that a subscriber is expected to pay, for "
        "customers who pay now or for a new customer. Segments with fewer than 50 customers or "
        "fewer than 10 churned use the model of all customers with the same renewal interval."
    ),
    N_("First MRR"): N_(
        "Monthly payment of customers of the last 12 months on their first paid day."
    ),
    N_("Error"): N_("Forecast over actual, less 1, of the total number of orders."),
    N_("Rank correlation"): N_(
        "Spearman's rank correlation of forecast and actual orders by customer: 1 is perfect, 0 is "
        "chance."
    ),
    N_("Gini"): N_(
        "How well the forecast ranks the customers who ordered, relative to a perfect forecast: 1 "
        "is perfect, 0 is chance."
    ),
    N_("Coverage (80% CI)"): N_(
        "Share of the deciles whose actual orders lay within the 80% interval of the forecast."
    ),
    N_("Top retention targets"): N_(
        "Highest forecast value times the probability of an order within 90 days; at risk: times "
        "the probability of none."
    ),
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "part": {"past": N_("past"), "future": N_("future")},
    "segment": {None: N_("all"), "": N_("(none)")},
    "size": {
        None: N_("any"),
        1: N_("bottom third"),
        2: N_("middle third"),
        3: N_("top third"),
    },
    "model": NAMES,
}
"""Cells of some columns in words."""
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
    drawn = [backtest.record(tables["backtest"], lang, width)]
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
    for name in ("keep", "at_risk"):
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
        notes.append(fill(N_("(+{n} rows: --verbose)"), {"n": left}, lang))
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
