"""`ltv benchmark` at a look: rates now and a year ago, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart
from ltvcli.pages.dashboards import _axes
from ltvcli.results.benchmark import METRICS, BenchmarkReport
from ltvcli.text.words import fill
from ltvcli.units import Unit


def charts(report: BenchmarkReport, lang: str) -> Iterator[Chart]:
    """Return the rates of the data, today's above those of a year ago."""
    dots = [
        Dot(
            label=fill(text, {"figure": translate(METRICS[figure.metric].label, lang)}, lang),
            value=value.value,
            low=value.low,
            high=value.high,
        )
        for figure in report.figures
        if METRICS[figure.metric].unit is Unit.RATE
        for text, value in (("{figure}", figure.now), (N_("{figure} a year ago"), figure.year_ago))
        if value is not None
    ]
    if len(dots) > 1:
        title = translate(N_("Your rates, now and a year ago"), lang)
        yield DotChart(
            title=title, write=_axes.percent, dots=dots, note=translate(N_("95% CI"), lang)
        )
