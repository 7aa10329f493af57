"""Dashboard of `ltv cohorts`: value per customer by month of age, and CAC."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.cohorts.sentences import UNITS
from ltvcli.choices import RETENTION
from ltvcli.language import N_, translate
from ltvcli.pages import cohorts
from ltvcli.pages.chart_types import Chart, Curve, Dot, DotChart, Level, LineChart
from ltvcli.pages.dashboards import _axes
from ltvcli.pages.dashboards.calc import acquisition
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import Unit

MOST = 24
"""Cohorts in a chart."""
GRADES = (1.0, 2.0, 3.0)
"""LTV/CAC at which the grade changes."""


def _across(report: CohortsReport) -> str:
    if any(file.kind == "subscriptions" for file in report.inputs):
        return N_("Months since the first payment")
    return N_("Months since the first order")


def charts(report: CohortsReport, lang: str) -> Iterator[Chart]:
    """Return values by age over all cohorts, LTV/CAC to date by cohort, CAC by month."""
    rows = report.tables.get("by_age", ())
    unit = UNITS.get(report.metric, Unit.MONEY)
    write = {Unit.RATE: _axes.percent, Unit.RATIO: _axes.ratio}.get(
        unit, _axes.money(report.currency, lang)
    )
    points = _axes.points(rows, "age_month", "value", shift=report.metric == "ltv")
    if report.metric == "retention":
        points = points[1:]  # everybody ordered in the first month
    if len(points) > 1:
        yield LineChart(
            title=translate(
                N_("Retention") if report.metric in RETENTION else cohorts.TITLES["by_age"], lang
            ),
            across=translate(_across(report), lang),
            write=write,
            curves=[Curve(label=write(points[-1].y), points=points)],
            note=translate(N_("Shaded: 95% CI"), lang),
        )
    dots: list[Dot] = [
        _axes.dot(str(row["cohort"]), row, "ltv_to_cac", graded=report.basis != "revenue")
        for row in report.tables.get("cohorts", ())[-MOST:]
        if row["ltv_to_cac"] is not None
    ]
    if len(dots) > 1:
        note = N_("Grade to date: realised value only; young cohorts have had less time")
        yield DotChart(
            title=translate(N_("LTV/CAC to date by cohort"), lang),
            write=_axes.ratio,
            dots=dots,
            levels=[Level(label=_axes.ratio(grade), value=grade) for grade in GRADES],
            note=translate(note, lang),
        )
    yield from acquisition(report, lang)
