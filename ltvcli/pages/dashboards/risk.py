"""`ltv risk` at a look: what came where chances were said, or the rates of a column."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart
from ltvcli.pages.dashboards import _axes
from ltvcli.results.risk import BELOW_ZERO, RiskReport
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit


def charts(report: RiskReport, lang: str) -> Iterator[Chart]:
    """Return what came in each bin of what was said; else the rates of the best column."""
    dots = [
        Dot(
            label=fill(
                N_("forecast {share}"), {"share": show(row.stated, Unit.RATE, None, lang)}, lang
            ),
            value=row.came.value,
            low=row.came.low,
            high=row.came.high,
        )
        for row in report.bins
    ]
    title = N_("Share who left, by forecast")
    if report.outcome == BELOW_ZERO:
        title = N_("Share below CAC, by forecast")
    if "expansion" in report.tables:
        title = N_("Share who moved up, by forecast")
    if not dots and len({group.column for group in report.groups}) == 1:
        title = N_("Share who left, by the best single column")
        if report.outcome == BELOW_ZERO:
            title = N_("Share below CAC, by the best single column")
        dots = [
            Dot(label=group.name, value=group.rate.value, low=group.rate.low, high=group.rate.high)
            for group in report.groups
        ]
    if len(dots) > 1:
        yield DotChart(
            title=translate(title, lang),
            write=_axes.percent,
            dots=dots,
            note=translate(N_("95% CI"), lang),
        )
