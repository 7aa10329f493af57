"""Charts and tiles of a page show what the answer holds."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.pages import memo
from ltvcli.pages.chart_types import BridgeChart, DotChart, LineChart
from ltvcli.pages.content import Page
from tests import small_examples


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_examples.write(tmp_path)
    monkeypatch.chdir(tmp_path)


def page(report: Any) -> Page:
    return memo.with_dashboard(report, "en")


@pytest.mark.slow
def test_the_way_of_a_review_leads_from_one_period_to_the_other() -> None:
    report = ltvcli.review("orders.csv", spend="spend.csv", margin=0.55)
    described = page(report)
    bridges = [chart for chart in described.charts if isinstance(chart, BridgeChart)]

    assert len(bridges) == len(report.explained) == 2
    for bridge, explained in zip(bridges, report.explained, strict=True):
        first, *moved, last = bridge.steps
        assert (first.end, last.end) == (explained.before, explained.after)
        assert first.end + sum(step.end - step.begin for step in moved) == pytest.approx(last.end)
        assert all(a.end == b.begin for a, b in zip([first, *moved], moved, strict=False))
    assert [tile.label for tile in described.tiles] == [
        "LTV/CAC", "Period LTV", "CAC", "Net revenue",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_trend_shows_what_was_reported_beside_what_is_known_now() -> None:
    history = small_examples.GOLDEN / "history/history.db"
    report = ltvcli.history(path=history, trend="ltv")
    (chart,) = page(report).charts

    assert isinstance(chart, LineChart)
    curves = {curve.label: [point.y for point in curve.points] for curve in chart.curves}
    assert curves["reported"] == [row.reported.value for row in report.trend]
    assert len(chart.names) == len(report.trend)


def test_a_check_shows_how_likely_each_condition_is() -> None:
    rules = [
        {"name": "CAC", "when": "cac > 5", "by": "channel"},
        {"name": "Value", "when": "ltv_to_cac < 3"},
    ]
    report = ltvcli.check("orders.csv", spend="spend.csv", margin=0.55, rules=rules)
    described = page(report)
    (chart,) = described.charts

    assert isinstance(chart, DotChart)
    known = [watch.evaluation.probability for watch in report.watches]
    assert [dot.value for dot in chart.dots] == sorted(filter(None, known), reverse=True)
    assert sum(int(tile.value) for tile in described.tiles) == len(report.watches)


def test_an_experiment_shows_the_effect_of_each_arm_against_none() -> None:
    split = {"holdout": 0.1, "mail": 0.9}
    report = ltvcli.experiment("results.csv", arm="group", outcome="spend", split=split)
    assert len(report.effects) == 1
    effects = page(report).charts[0]

    assert isinstance(effects, DotChart)
    assert [(dot.value, dot.low, dot.high) for dot in effects.dots] == [
        (single.effect.value, single.effect.low, single.effect.high) for single in report.effects
    ]
    assert [level.value for level in effects.levels] == [0.0]


def test_the_panel_of_levers_is_shown_only_with_a_value() -> None:
    assert page(ltvcli.calc("orders.csv", cac=40)).levers is not None
    report = ltvcli.report("monthly", "orders.csv", cac=40)
    described = page(report)
    assert described.levers is not None
    assert all(single.levers is None for single in described.parts)
    assert shlex.join(described.levers.command) == "ltv whatif orders.csv"


@pytest.mark.parametrize(
    ("metric", "title"),
    [("ltv", "Value of an average customer by month of age"), ("retention", "Retention")],
)
def test_a_curve_of_cohorts_is_called_what_it_shows(metric: str, title: str) -> None:
    assert page(ltvcli.cohorts("orders.csv", metric=metric)).charts[0].title == title
