"""`ltv experiment` at a look: what each arm brought beyond the control, with its interval."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages.chart_types import Chart, Dot, DotChart, Level
from ltvcli.pages.dashboards import _axes
from ltvcli.results.experiment import ExperimentReport


def charts(report: ExperimentReport, lang: str) -> Iterator[Chart]:
    """Return the mean of each arm, and the effect of each arm against the control."""
    write = _axes.of_unit(report.unit, report.currency, lang)
    means = [
        Dot(label=arm.name, value=arm.mean.value, low=arm.mean.low, high=arm.mean.high)
        for arm in report.arms
    ]
    effects = [
        Dot(
            label=single.arm,
            value=single.effect.value,
            low=single.effect.low,
            high=single.effect.high,
        )
        for single in report.effects
    ]
    note = translate(N_("95% CI, per customer assigned"), lang)
    if effects:
        yield DotChart(
            title=translate(N_("Effects per customer (95% CI)"), lang),
            write=write,
            dots=effects,
            levels=[Level(label=translate(N_("no effect"), lang), value=0.0)],
            note=note,
        )
    if len(means) > 1:
        yield DotChart(
            title=translate(N_("Mean (95% CI)"), lang), write=write, dots=means, note=note
        )
