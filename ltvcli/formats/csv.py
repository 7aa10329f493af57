"""CSV: one row per figure or month, unrounded, never localised; empty cells are unknown values."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from ltvcli.errors import ReportTakesPageError, UnknownNameError
from ltvcli.language import N_
from ltvcli.results import Figures, Report, Source, TableReport, Valuation, described
from ltvcli.spreadsheets import as_cell
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results import AnyReport
    from ltvcli.results.combined import CombinedReport
    from ltvcli.results.mrr import MrrReport

COLUMNS = ("method", "figure", "value", "low", "high", "unit", "source")
FIGURES = "figures"
"""Name of the main table of `calc`."""
Row = tuple[object, ...]


def render(report: AnyReport, lang: str, table: str | None = None) -> str:
    """Write one table.

    Args:
        report: of any command.
        lang: ignored: CSV is never translated.
        table: its name; by default the figures of `calc`, the main table of any other command.

    Raises:
        UnknownNameError: there is no such table.
        ReportTakesPageError: there are several answers.
    """
    page = StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerows([_cell(value) for value in row] for row in _records(report, table))
    return page.getvalue()


def _records(report: AnyReport, table: str | None) -> Iterator[Sequence[object]]:
    if isinstance(report, TableReport):
        from ltvcli.pages import table_rows

        yield from table_rows.records(report, table)
    elif report.kind == "report":
        raise ReportTakesPageError
    elif report.kind == "mrr":
        yield from _of_mrr(report, table)
    elif table not in (None, FIGURES):
        from ltvcli.pages import table_rows

        if table not in report.tables:
            known = [FIGURES, *report.tables]
            raise UnknownNameError(kind=N_("tables"), name=table, known=known)
        yield from table_rows.rectangle(report.tables[table])
    elif report.kind == "combined":
        yield ("report", *COLUMNS)
        yield from _both(report)
    else:
        yield COLUMNS
        yield from _rows(report)


def _of_mrr(report: MrrReport, table: str | None) -> Iterator[Sequence[object]]:
    """Return months, or months and plans, or conventions and figures, header first."""
    from ltvcli.pages import mrr, table_rows
    from ltvcli.results.mrr import Month

    tables = mrr.tables(report)
    *_, main, _ = tables
    if table is not None and table not in tables:
        raise UnknownNameError(kind=N_("tables"), name=table, known=list(tables))
    if records := tables[table or main]:
        yield from table_rows.rectangle(records)
    else:
        yield Month.__struct_fields__


def _both(report: CombinedReport) -> Iterator[Row]:
    """Return the rows of both reports, and the combined revenue of customers."""
    from ltvcli.pages import combined

    for name, source in (("orders", report.orders), ("subscriptions", report.subscriptions)):
        yield from ((name, *row) for row in _rows(source))
    for record in report.tables["together"]:
        bought = str(record["bought"]).replace("-", "_")
        for key, value in record.items():
            if key != "bought":
                unit = combined.COLUMNS[key][1]
                yield "together", "", f"{bought}_{key}", value, None, None, unit, Source.MEASURED
    for key, count in asdict(report.matched).items():
        yield "together", "", key, count, None, None, Unit.COUNT, Source.MEASURED


def _rows(report: Report) -> Iterator[Row]:
    yield "", "as_of", report.as_of, None, None, "date", ""
    yield "", "currency", report.currency, None, None, "text", ""
    yield "", "horizon", report.horizon, None, None, "months", ""
    yield "", "basis", report.basis, None, None, "text", ""
    for key, figure in described(Figures):
        if estimate := getattr(report.figures, key):
            measure = figure.measure
            yield "", key, estimate.value, estimate.low, estimate.high, measure, estimate.source
    for method in report.methods:
        for key, figure in described(Valuation):
            low, high = (method.low, method.high) if key == "ltv" else (None, None)
            yield method.method, key, getattr(method, key), low, high, figure.measure, ""
        yield method.method, "grade", method.grade, None, None, "text", ""
    verdict, payback = report.verdict, report.payback_verdict
    by = verdict.method
    yield by, "verdict", verdict.grade, None, None, "text", ""
    yield by, "verdict_low", verdict.grade_low, None, None, "text", ""
    yield by, "verdict_ltv_to_cac", verdict.ltv_to_cac, verdict.low, verdict.high, "ratio", ""
    for grade, probability in (verdict.probability or {}).items():
        yield by, f"probability_{grade}", probability, None, None, "probability", ""
    yield "", "payback_verdict", payback.grade, None, None, "text", ""
    yield "", "payback_observed", payback.payback_observed, None, None, "months", Source.MEASURED


def _cell(value: object) -> object:
    """Write truth values as in JSON, and make text safe for a spreadsheet."""
    return str(value).lower() if isinstance(value, bool) else as_cell(value)
