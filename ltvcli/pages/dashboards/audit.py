"""`ltv audit` at a look: LTV/CAC as claimed, and in the conservative case."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart, Level
from ltvcli.pages.dashboards import _axes
from ltvcli.pages.dashboards.cohorts import GRADES
from ltvcli.results import TableReport
from ltvcli.results.audit import READINGS


def charts(report: TableReport, lang: str) -> Iterator[Chart]:
    """Return both readings of the claims."""
    dots = [
        Dot(label=translate(READINGS[str(row["reading"])], lang), value=ratio)
        for row in report.tables.get("readings", ())
        if (ratio := _axes.number(row, "ltv_to_cac")) is not None
    ]
    if len(dots) > 1:
        yield DotChart(
            title=translate(N_("LTV/CAC of both cases"), lang),
            write=_axes.ratio,
            dots=dots,
            levels=[Level(label=_axes.ratio(grade), value=grade) for grade in GRADES],
        )
