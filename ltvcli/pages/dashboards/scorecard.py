"""`ltv scorecard` at a look: who of the last cohort was kept, and NPS wave by wave."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart
from ltvcli.pages.dashboards import _axes
from ltvcli.results import Estimate
from ltvcli.results.scorecard import CohortShift, ScorecardReport
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

NOW, BEFORE = N_("{group}, {cohort}"), N_("{group}, before")


def charts(report: ScorecardReport, lang: str) -> Iterator[Chart]:
    """Return retention of the last cohort by group beside that before, and NPS of each wave."""
    dots = [dot for shift in report.shifts for dot in _kept(shift, lang)]
    if dots:
        yield DotChart(
            title=translate(N_("Kept 90 days, and in the half year before"), lang),
            write=_axes.percent,
            dots=dots,
            note=translate(N_("95% CI of the change, around the value"), lang),
        )
    waves = [wave for wave in report.waves if not wave.group]
    if waves:
        yield DotChart(
            title=translate(N_("NPS by wave"), lang),
            write=lambda value: show(value, Unit.COUNT, None, lang),
            dots=[_dot(wave.name, wave.nps) for wave in waves],
            note=translate(N_("95% CI"), lang),
        )


def _kept(shift: CohortShift, lang: str) -> Iterator[Dot]:
    group = shift.group or translate(N_("all"), lang)
    low, high = shift.retention.change.low, shift.retention.change.high
    before = shift.retention.before
    yield Dot(
        label=fill(NOW, {"group": group, "cohort": shift.cohort}, lang),
        value=shift.retention.now,
        low=None if low is None else max(before + low, 0.0),
        high=None if high is None else min(before + high, 1.0),
    )
    yield Dot(label=fill(BEFORE, {"group": group}, lang), value=before)


def _dot(label: str, estimate: Estimate) -> Dot:
    return Dot(label=label, value=estimate.value, low=estimate.low, high=estimate.high)
