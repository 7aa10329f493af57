"""Dashboard of `ltv history trend`: reported and current values, and routine variation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Curve, Level, LineChart, Point
from ltvcli.pages.dashboards import _axes
from ltvcli.pages.history_chart import MOST
from ltvcli.results import Estimate
from ltvcli.results.history import HistoryReport, Restated
from ltvcli.text.words import fill
from ltvcli.units import Unit


def charts(report: HistoryReport, lang: str) -> Iterator[Chart]:
    """Return a chart of each segment, at most three, where there are several periods."""
    for segment in list(dict.fromkeys(row.segment for row in report.trend))[:MOST]:
        rows = [row for row in report.trend if row.segment == segment]
        if len(rows) > 1:
            yield _chart(rows, report, lang)


def _chart(rows: Sequence[Restated], report: HistoryReport, lang: str) -> LineChart:
    write = _axes.of_unit(Unit(report.unit.partition("/")[0]), report.currency, lang)
    limits = report.limits.get(rows[0].segment)
    levels = []
    if limits:
        ends = {N_("upper limit"): limits.high, N_("lower limit"): limits.low}
        levels = [Level(label=translate(text, lang), value=end) for text, end in ends.items()]
    curves = [
        Curve(
            label=translate(N_("restated"), lang),
            points=_points([row.restated for row in rows]),
        ),
        Curve(
            label=translate(N_("reported"), lang),
            points=_points([row.reported for row in rows], with_interval=False),
            aside=True,
        ),
    ]
    title = N_("Reported then, restated now") if not rows[0].segment else N_("{segment}: {title}")
    facts = {"segment": rows[0].segment, "title": translate(N_("reported, restated"), lang)}
    return LineChart(
        title=fill(title, facts, lang),
        across=translate(N_("Period"), lang),
        write=write,
        curves=[curve for curve in curves if curve.points],
        names=[f"{row.period:%Y-%m}" for row in rows],
        levels=levels,
        note=translate(N_("Shaded: 95% CI of the restated values"), lang),
    )


def _points(values: Sequence[Estimate | None], *, with_interval: bool = True) -> list[Point]:
    return [
        Point(
            x=float(place),
            y=estimate.value,
            low=estimate.low if with_interval else None,
            high=estimate.high if with_interval else None,
        )
        for place, estimate in enumerate(values)
        if estimate is not None
    ]
