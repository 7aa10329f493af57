"""Dashboard of `ltv risk`: actual by predicted rates, or the rates of a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart
from ltvcli.pages.dashboards import _axes
from ltvcli.results.risk import BELOW_ZERO, RiskReport
from ltvcli.results.risk_record import Bin
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit


def charts(report: RiskReport, lang: str) -> Iterator[Chart]:
    """Return actual by predicted rates in bins, also for today's customers.

    Without a score, the rates of the best column.

    Args:
        report: with the bins or the groups.
        lang: of the words.
    """
    is_below = report.outcome == BELOW_ZERO
    title = N_("Share below CAC, by forecast") if is_below else N_("Share who left, by forecast")
    if "expansion" in report.tables:
        title = N_("Share who moved up, by forecast")
    dots = _bins(report.bins, lang)
    if not dots and len({group.column for group in report.groups}) == 1:
        title = N_("Share who left, by the best single column")
        if is_below:
            title = N_("Share below CAC, by the best single column")
        dots = [
            Dot(label=group.name, value=group.rate.value, low=group.rate.low, high=group.rate.high)
            for group in report.groups
        ]
    later = _bins(report.today.bins, lang) if report.today else []
    of_today = N_("Share who left in the last 90 days, by the forecast made before")
    for text, drawn in ((title, dots), (of_today, later)):
        if len(drawn) > 1:
            yield DotChart(
                title=translate(text, lang),
                write=_axes.percent,
                dots=drawn,
                note=translate(N_("95% CI"), lang),
            )


def _bins(bins: Sequence[Bin], lang: str) -> list[Dot]:
    return [
        Dot(
            label=fill(
                N_("forecast {share}"), {"share": show(row.stated, Unit.RATE, None, lang)}, lang
            ),
            value=row.came.value,
            low=row.came.low,
            high=row.came.high,
        )
        for row in bins
    ]
