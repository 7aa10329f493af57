"""The charts of a report in a terminal, below its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ltvcli.analyses.cohorts.sentences import UNITS
from ltvcli.language import N_, translate
from ltvcli.pages import answer as answers
from ltvcli.pages import cohort_grid, memo, predict, screen, segments, terminal_chart
from ltvcli.pages.chart_types import Chart, Dot, DotChart, HeatMap
from ltvcli.pages.dashboards import _axes
from ltvcli.results.cohorts import CohortsReport
from ltvcli.results.prediction import PredictReport
from ltvcli.text.layout import flow
from ltvcli.text.words import fill
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.pages.content import Page
    from ltvcli.results import AnyReport

MOST = 36
"""Cohorts in a chart, the newest."""
MOST_SEGMENTS = 12
WITHOUT = N_(": run without --chart to read them")


def answer(report: AnyReport, lang: str, width: int, color: bool) -> list[str]:
    """Draw the answer, with the number of errors and warnings on the whole page.

    Args:
        report: of any command.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
    """
    counted = answers.counted(report, lang, WITHOUT)
    findings = [screen.painted(line, color) for line in flow(counted, width)] if counted else []
    return [*answers.lines(report, lang, width, color), *findings]


def lines(report: AnyReport, lang: str, width: int) -> list[str]:
    """Draw every chart, with an empty line before each, or a note that there is none.

    Args:
        report: of any command.
        lang: of the words.
        width: cells of a line.
    """
    charts = [*_more(report, lang), *_charts(memo.with_dashboard(report, lang))]
    if not charts:
        return ["", translate(N_("No chart: it requires several months or segments."), lang)]
    return [line for chart in charts for line in ("", *terminal_chart.draw(chart, width))]


def _charts(page: Page) -> Iterator[Chart]:
    yield from page.charts
    for described in page.parts:
        yield from _charts(described)


def _more(report: AnyReport, lang: str) -> Iterator[Chart | HeatMap]:
    """Return charts that a web page has as shaded tables."""
    if isinstance(report, CohortsReport) and len(report.tables["cohorts"]) > 1:
        yield _triangle(report, lang)
    if isinstance(report, PredictReport):
        yield _forecast(report, lang)


def _triangle(report: CohortsReport, lang: str) -> HeatMap:
    """Return the complete months of each cohort."""
    cells = {
        (row["cohort"], int(row["age_month"] or 0)): _axes.number(row, "value")
        for row in report.tables["triangle"]
        if row["complete"]
    }
    names = [str(row["cohort"]) for row in report.tables["cohorts"]][-MOST:]
    ages = 1 + max((age for name, age in cells if name in names), default=0)
    unit = UNITS.get(report.metric, Unit.MONEY)
    money = _axes.money(report.currency, lang)
    return HeatMap(
        title=translate(cohort_grid.title_of(report), lang),
        write={Unit.RATE: _axes.percent, Unit.RATIO: _axes.ratio}.get(unit, money),
        names=names,
        values=[[cells.get((name, age)) for age in range(ages)] for name in names],
        first=cohort_grid.label(report, 0),
        note=translate(N_("Complete months only; at the right, the latest of each cohort"), lang),
    )


def _forecast(report: PredictReport, lang: str) -> DotChart:
    """Return the forecast value of all customers and of each segment, with its interval."""
    totals = {str(row["part"]): row for row in report.tables["totals"]}
    dots = [
        Dot(
            label=translate(label, lang),
            value=value,
            low=_axes.number(totals[key], "value_low"),
            high=_axes.number(totals[key], "value_high"),
        )
        for key, label in (("past", N_("Value to date")), ("future", N_("Forecast value")))
        if (value := _axes.number(totals.get(key, {}), "value")) is not None
    ]
    rows = report.tables.get("segments", ())
    if len(rows) > 1:
        dots += [
            _axes.dot(segments.segment_name(row, lang), row, "value")
            for row in rows[:MOST_SEGMENTS]
            if _axes.number(row, "value") is not None
        ]
    title = N_("Value to date, and forecast of the next {n} {n:month|months}")
    return DotChart(
        title=fill(title, {"n": report.horizon or 0}, lang),
        write=_axes.money(report.currency, lang),
        dots=dots,
        note=translate(predict.SHADED, lang),
    )
