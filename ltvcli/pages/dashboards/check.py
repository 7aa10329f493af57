"""`ltv check` at a look: how many rules fire, and how likely the condition of each holds."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart
from ltvcli.pages.content import Tile
from ltvcli.pages.dashboards import _axes
from ltvcli.results.check import CheckReport, RuleState
from ltvcli.text.numbers import show
from ltvcli.units import Unit

MOST = 24
"""Rules and segments in a chart."""


def tiles(report: CheckReport, lang: str) -> Iterator[Tile]:
    """Return how many rules and segments are in each state."""
    if not report.watches:
        return
    for state in RuleState:
        rules = [watch for watch in report.watches if watch.standing.state is state]
        names = [watch.evaluation.segment or watch.evaluation.rule for watch in rules]
        if rules:
            yield Tile(
                label=translate(str(state), lang),
                value=show(len(rules), Unit.COUNT, None, lang),
                note=", ".join(dict.fromkeys(names)),
            )


def charts(report: CheckReport, lang: str) -> Iterator[Chart]:
    """Return the probability that the condition of each rule holds, the likeliest first."""
    dots = [
        Dot(
            label=": ".join(filter(None, (watch.evaluation.segment, watch.evaluation.rule))),
            value=p,
        )
        for watch in report.watches
        if (p := watch.evaluation.probability) is not None
    ]
    if len(dots) > 1:
        yield DotChart(
            title=translate(N_("Probability that the condition of a rule holds"), lang),
            write=_axes.percent,
            dots=sorted(dots, key=lambda dot: -dot.value)[:MOST],
        )
