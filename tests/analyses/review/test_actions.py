"""What a quarter asks to be decided: only what is significant, most money first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ltvcli.analyses.review import actions
from ltvcli.analyses.review.quarter import Forecast
from ltvcli.results import Estimate, Source
from ltvcli.results.benchmark import Benchmark, Compared, Comparison, OwnFigure, Position
from ltvcli.results.review import Explained, Reason, SegmentChange, Tile


def estimate(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


NEW = Tile(
    figure="new_customers",
    now=estimate(300),
    previous=None,
    change=None,
    last_year=None,
    target=None,
    signal=None,
    per_day=True,
)
FORECAST = Forecast(
    figure="orders",
    counted=estimate(100, 80, 120),
    value=estimate(1000, 800, 1200),
    actual_counted=90,
    actual_value=900,
)


def explained(figure: str, **contributions: float) -> Explained:
    """Explain a change by reasons whose intervals are half a unit wide at each side."""
    reasons = tuple(
        Reason(factor=factor, contribution=size, low=size - 0.5, high=size + 0.5)
        for factor, size in contributions.items()
    )
    return Explained(
        figure=figure,
        period="2026-Q3",
        against="2026-Q2",
        horizon=6,
        before=10,
        after=8,
        change=estimate(-2, -3, -1),
        reasons=reasons,
        chance=None,
    )


def change(segment: str, figure: str, now: float, previous: float, **more: bool) -> SegmentChange:
    moved = now - previous
    return SegmentChange(
        segment=segment,
        figure=figure,
        now=now,
        previous=previous,
        change=estimate(moved, moved - 0.1, moved + 0.1),
        p=0.001,
        changed=more.get("changed", True),
    )


def below(position: Position, metric: str = "nrr") -> Compared:
    benchmark = Benchmark(
        metric=metric, definition="standard", segment="", bands=(), traits=(), low=None, median=1.0,
        high=None, n=100, year=2025, source="Survey, 2025", url="", basis="mrr", currency="",
        window="12", place="",
    )  # fmt: skip
    figure = OwnFigure(metric=metric, basis="mrr", window="12", now=estimate(0.8), year_ago=None)
    row = Comparison(
        figure=figure, benchmark=benchmark, because=None, position=position, stale=False
    )
    return Compared(figures=(figure,), comparisons=(row, row), currency=None)


def test_reasons_that_lowered_the_value_come_with_their_money() -> None:
    """100 new customers a month, each worth 2 less: -200."""
    found = actions.actions(
        [explained("period_ltv", returning=-2.0, first=-0.2, value=3.0)], (), [NEW], None, None
    )

    assert [(action.kind, action.subject) for action in found] == [("reason", "returning")]
    assert found[0].monthly == pytest.approx(-200)


def test_only_the_cac_of_the_ratio_is_repeated() -> None:
    both = [explained("ltv_to_cac", first=-2.0, cac=-1.0), explained("period_ltv", first=-2.0)]
    found = actions.actions(both, (), [NEW], None, None)

    assert [(action.subject, action.figure) for action in found] == [
        ("first", "period_ltv"),
        ("cac", "ltv_to_cac"),
    ]


def test_segments_that_became_worse_are_decided_on_by_their_customers() -> None:
    """Half of 100 new customers a month: 5 more each is 250; better or unsure is no question."""
    changes = (
        change("ads", "share", 0.5, 0.5, changed=False),
        change("ads", "cac", 25, 20),
        change("web", "cac", 15, 20),
        change("web", "period_ltv", 30, 40, changed=False),
    )
    found = actions.actions((), changes, [NEW], None, None)

    assert [(action.subject, action.figure, action.monthly) for action in found] == [
        ("ads", "cac", pytest.approx(-250))
    ]


@pytest.mark.parametrize(("came", "count"), [(900, 0), (1300, 0), (799, 1)])
def test_a_forecast_is_missed_below_its_whole_interval(came: float, count: int) -> None:
    found = actions.actions((), (), [NEW], replace(FORECAST, actual_value=came), None)

    assert len(found) == count
    assert [action.monthly for action in found] == [pytest.approx(-67)] * count


@pytest.mark.parametrize(
    ("metric", "position", "count"),
    [
        ("nrr", Position.BELOW, 1),
        ("nrr", Position.ABOVE, 0),
        ("nrr", Position.CLOSE, 0),
        ("logo_churn", Position.ABOVE, 1),
        ("logo_churn", Position.BELOW, 0),
        ("aov", Position.BELOW, 0),
    ],
)
def test_a_figure_that_is_worse_than_others_is_asked_about_once(
    metric: str, position: Position, count: int
) -> None:
    assert len(actions.actions((), (), [NEW], None, below(position, metric))) == count


def test_what_concerns_most_money_comes_first() -> None:
    found = actions.actions(
        [explained("period_ltv", first=-1.0, value=-3.0)], (), [NEW], None, below(Position.BELOW)
    )

    assert [action.subject for action in found] == ["value", "first", "nrr"]
    assert len(actions.rows(found)) == 3


def test_nothing_to_decide_is_reported() -> None:
    (only,) = actions.statements(())

    assert "no figure became significantly worse" in only.says.text
