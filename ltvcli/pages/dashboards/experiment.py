"""Dashboard of `ltv experiment`: the effect of each arm, also by age."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.experiment import sentences
from ltvcli.language import N_, printable, translate
from ltvcli.pages import experiment_chart
from ltvcli.pages.chart_types import (
    Chart,
    Curve,
    Dot,
    DotChart,
    Level,
    LineChart,
    Point,
    Write,
)
from ltvcli.pages.dashboards import _axes
from ltvcli.results.experiment import ExperimentReport
from ltvcli.text.words import fill


def charts(report: ExperimentReport, lang: str) -> Iterator[Chart]:
    """Return the effect of each arm against the control, also by age, and the mean of each arm."""
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
        if single.outcome == report.outcome
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
    yield from _by_age(report, write, lang)
    if len(means) > 1:
        yield DotChart(
            title=translate(N_("Mean (95% CI)"), lang), write=write, dots=means, note=note
        )


def _by_age(report: ExperimentReport, write: Write, lang: str) -> Iterator[Chart]:
    """Return the effect of the arm that the decision is about, by age since the assignment."""
    if not report.ages:
        return
    arm = sentences.main(report.effects).arm
    points = [
        Point(
            x=single.age_days,
            y=single.effect.value,
            low=single.effect.low,
            high=single.effect.high,
        )
        for single in report.ages
        if single.arm == arm
    ]
    if len(points) > 1:
        yield LineChart(
            title=fill(experiment_chart.TITLE, {"arm": printable(arm)}, lang),
            across=translate(N_("Days since the assignment"), lang),
            write=write,
            curves=[Curve(label=write(points[-1].y), points=points)],
            levels=[Level(label=translate(N_("no effect"), lang), value=0.0)],
            note=translate(N_("Shaded: 95% CI"), lang),
        )
