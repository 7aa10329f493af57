"""`ltv segments` at a look: LTV and LTV/CAC of each segment with their intervals."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, DotChart, Level
from ltvcli.pages.dashboards import _axes
from ltvcli.pages.dashboards.calc import acquisition
from ltvcli.pages.dashboards.cohorts import GRADES
from ltvcli.pages.segments import segment_name
from ltvcli.results.segments import SegmentsReport
from ltvcli.text.words import fill

MOST = 16
"""Segments in a chart."""


def charts(report: SegmentsReport, lang: str) -> Iterator[Chart]:
    """Return LTV and LTV/CAC by segment, those that matter most first, and CAC by month."""
    for key, title, write, levels in (
        ("ltv", N_("LTV by segment"), _axes.money(report.currency, lang), ()),
        ("ltv_to_cac", N_("LTV/CAC by segment"), _axes.ratio, GRADES),
    ):
        rows = [row for row in report.tables.get("segments", ()) if row.get(key) is not None]
        if len(rows) > 1:
            graded = key == "ltv_to_cac" and report.basis != "revenue"
            text = N_("95% CI")
            if len(rows) > MOST:
                text = N_("95% CI; the first {n} of {of} segments by impact")
            yield DotChart(
                title=translate(title, lang),
                write=write,
                dots=[
                    _axes.dot(segment_name(row, lang), row, key, graded=graded)
                    for row in rows[:MOST]
                ],
                levels=[Level(label=_axes.ratio(grade), value=grade) for grade in levels],
                note=fill(text, {"n": MOST, "of": len(rows)}, lang),
            )
    yield from acquisition(report, lang)
