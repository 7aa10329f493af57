"""The chart of `ltv history trend`: figures reported and restated, and routine variation."""

from __future__ import annotations

from ltvcli.analyses.history.trend import value
from ltvcli.language import N_, printable, translate
from ltvcli.pages.content import Grid
from ltvcli.results.history import HistoryReport, Restated
from ltvcli.text.chart import points
from ltvcli.text.layout import width_of
from ltvcli.text.numbers import show
from ltvcli.units import Unit

HEIGHT, HEIGHT_OF_SEGMENT = 9, 5
"""Lines of a chart."""
WIDEST = 8
"""Cells of a period at most."""
SHORTEST = 3
"""Cells of a period at least; of more periods, the newest are drawn."""
MOST = 3
"""Segments that are drawn."""
REPORTED, RESTATED = "o", "x"


def charts(report: HistoryReport, lang: str, width: int) -> list[Grid]:
    """Draw each segment, at most three of them.

    Args:
        report: a trend.
        lang: of the words.
        width: cells of a line.
    """
    segments = list(dict.fromkeys(row.segment for row in report.trend))[:MOST]
    return [
        _chart([row for row in report.trend if row.segment == segment], report, lang, width)
        for segment in segments
    ]


def _chart(rows: list[Restated], report: HistoryReport, lang: str, width: int) -> Grid:
    unit = Unit(report.unit.partition("/")[0])

    def label(number: float) -> str:
        return show(number, unit, report.currency, lang)

    limits = report.limits.get(rows[0].segment)
    levels = [limits.low, limits.high] if limits else []
    ends = [*(value(row) for row in rows), *(row.reported.value for row in rows), *levels]
    edge = max(width_of(label(end)) for end in ends) + 2
    wide = max(SHORTEST, min(WIDEST, (width - edge) // len(rows)))
    shown = rows[-((width - edge) // wide) :]
    reported = [row.reported.value for row in shown]
    restated = [row.restated.value if row.restated else None for row in shown]
    height = HEIGHT_OF_SEGMENT if report.by else HEIGHT
    lines = points([(REPORTED, reported), (RESTATED, restated)], levels, height, label, wide)
    legend = [N_("o reported"), N_("x restated"), N_("* both")]
    legend += [N_("- limits of routine variation")] if levels else []
    title = printable(rows[0].segment)
    head = "  ".join(translate(text, lang) for text in legend)
    first, last = (row.period.isoformat() for row in (shown[0], shown[-1]))
    bottom = edge + len(shown) * wide - len(last)
    axis = " " * (edge - 1) + first
    lines.append(axis.ljust(bottom) + last if len(axis) < bottom else axis)
    return Grid(title=title, heads=[head], rows=[[line] for line in lines])
