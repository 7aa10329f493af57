"""The page of recorded forecasts and actual results."""

from __future__ import annotations

from ltvcli.language import N_, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.history import HistoryReport, RecordedForecast
from ltvcli.results.leavers import ForecastsReport
from ltvcli.text.numbers import MISSING, bracketed, interval, show
from ltvcli.units import Unit

TITLES = {
    "forecasts": N_("Forecasts and actual results"),
    "coverage": N_("Coverage of 80% intervals"),
}
COLUMNS = {
    "forecasts": {
        "as_of": (N_("Data through"), Unit.TEXT),
        "until": (N_("Forecast until"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "forecast": (N_("Forecast (80% CI)"), Unit.TEXT),
        "actual": (N_("Actual"), Unit.TEXT),
        "within": (N_("Within interval"), Unit.TEXT),
    },
    "coverage": {
        "figure": (N_("Figure"), Unit.TEXT),
        "n": (N_("Forecasts ended"), Unit.COUNT),
        "within": (N_("Within interval"), Unit.COUNT),
        "coverage": (N_("Coverage (80% CI)"), Unit.RATE),
    },
}
LABELS = {"orders": N_("Orders"), "value": N_("Value")}
UNITS = {"orders": Unit.COUNT, "value": Unit.MONEY}
HELD = {True: N_("yes"), False: N_("no"), None: N_("not due yet")}
SO_FAR = N_("so far")


def grids(report: ForecastsReport, lang: str, width: int) -> list[Grid]:
    """Return the forecasts, if there are any.

    Args:
        report: with the forecasts.
        lang: of the words.
        width: cells of a line; a table that is wider continues below itself.
    """
    return memo(report, lang)


def memo(report: ForecastsReport | HistoryReport, lang: str) -> list[Grid]:
    """Return the forecasts, if any, and the share that held, if it was counted."""
    if not report.forecasts:
        return []
    rows = [_written(forecast, report.currency, lang) for forecast in report.forecasts]
    counted: list[Row] = [
        {**row, "figure": translate(LABELS[str(row["figure"])], lang)}
        for row in report.tables.get("coverage", ())
    ]
    tables: dict[str, list[Row]] = {"forecasts": rows, "coverage": counted}
    return [
        table_page.grid(translate(TITLES[name], lang), COLUMNS[name], table, report.currency, lang)
        for name, table in tables.items()
        if table
    ]


def _written(forecast: RecordedForecast, currency: str | None, lang: str) -> Row:
    """Write the amounts of a forecast in the unit of its figure."""
    unit, expected = UNITS[forecast.figure], forecast.expected
    range_ = interval(expected.low, expected.high, unit, expected.value, currency)
    came = "" if forecast.actual is None else show(forecast.actual, unit, currency, lang)
    if came and not forecast.is_due:
        came = f"{came} {translate(SO_FAR, lang)}"
    held = HELD[forecast.held] if forecast.held is not None or not forecast.is_due else MISSING
    return {
        "as_of": forecast.as_of.isoformat(),
        "until": forecast.until.isoformat(),
        "figure": translate(LABELS[forecast.figure], lang),
        "forecast": bracketed(show(expected.value, unit, currency, lang), range_),
        "actual": came,
        "within": translate(held, lang),
    }
