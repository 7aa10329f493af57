"""Reported and restated values differ by parts that add up; signals are those of XmR charts."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.history import sentences, trend
from ltvcli.results import Estimate, Source
from ltvcli.results.history import Because, Restated
from ltvcli.results.review import Signal
from ltvcli.text.words import say

DAY = date(2026, 10, 31)
NUMBERS = st.floats(-1e6, 1e6)


def estimate(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


def compared(**steps: Any) -> Restated:
    usual = {"period": DAY, "run": 1, "reported": estimate(3.0, 2.8, 3.2), "is_same_version": True}
    given_steps = {"by_version": 3.0, "by_data": 3.0, "restated": estimate(3.0)}
    return trend.compared(trend.Steps(**{**usual, **given_steps, **steps}))


def restated(values: list[float]) -> list[Restated]:
    return [
        Restated(
            period=DAY, segment="", run=1, reported=estimate(-1), restated=estimate(value),
            parts={}, because=(),
        )
        for value in values
    ]  # fmt: skip


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_parts_add_up_to_the_difference(
    reported: float, by_version: float, by_data: float, now: float
) -> None:
    row = compared(
        reported=estimate(reported), by_version=by_version, by_data=by_data, restated=estimate(now)
    )

    assert sum(part or 0.0 for part in row.parts.values()) == pytest.approx(
        now - reported, abs=1e-6
    )


@pytest.mark.parametrize(
    ("steps", "because"),
    [
        ({}, []),
        ({"by_data": 2.5, "restated": estimate(2.5)}, [Because.DATA]),
        ({"restated": estimate(2.5)}, [Because.SETTINGS]),
        ({"by_version": 2.5, "by_data": 2.5, "restated": estimate(2.5)}, [Because.VERSION]),
        (
            {"by_version": 3.1, "by_data": 4.0, "restated": estimate(3.7)},
            [Because.DATA, Because.SETTINGS, Because.VERSION],
        ),
    ],
)
def test_each_reason_is_named_the_largest_first(
    steps: dict[str, Any], because: list[Because]
) -> None:
    assert list(compared(**steps).because) == because


def test_a_difference_within_the_interval_needs_no_reason() -> None:
    row = compared(by_data=2.9, restated=estimate(2.9))

    assert row.because == ()
    assert row.parts[Because.DATA] == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([3.0], "the value still holds within its interval"),
        ([3.0, 3.1], "all 2 values still hold within their interval"),
    ],
)
def test_values_that_still_hold_are_counted(values: list[float], text: str) -> None:
    newest = SimpleNamespace(command="calc", number=1)
    says = sentences.statements(restated(values), newest, has_files=True)  # type: ignore[arg-type]

    assert [say(one.says, "en", None) for one in says if one.label == "Restated"] == [text]


def test_without_an_interval_any_difference_has_a_reason() -> None:
    row = compared(reported=estimate(3.0), by_data=2.99, restated=estimate(2.99))

    assert row.because == (Because.DATA,)


def test_unmeasurable_figures_are_unknown_not_zero() -> None:
    without_files = compared(by_data=None, restated=estimate(2.5))
    without_sums = compared(by_version=None, by_data=2.5, restated=estimate(2.5))
    of_another = compared(
        by_version=None, by_data=2.5, restated=estimate(2.5), is_same_version=False
    )

    assert without_files.parts[Because.DATA] is None
    assert without_files.because == (Because.SETTINGS,)
    assert without_sums.parts[Because.VERSION] == 0
    assert of_another.parts[Because.VERSION] is None


def test_nothing_is_split_where_nothing_is_known_now() -> None:
    row = compared(restated=None)

    assert set(row.parts.values()) == {None}
    assert trend.value(row) == 3.0


def test_signals_are_those_of_the_worked_example() -> None:
    series = [52.0, 49, 51, 50, 53, 48, 51, 50]
    low, routine = (
        trend.with_signals(restated([*series, last]))[-1].signal for last in (36.0, 47.0)
    )
    limits = trend.limits(restated([*series, 36.0]))

    assert (low, routine) == (Signal.BELOW, Signal.ROUTINE)
    assert limits is not None
    assert (limits.mean, round(limits.low, 2), round(limits.high, 2)) == (50.5, 43.66, 57.34)


def test_there_is_no_signal_before_there_are_eight_earlier_values() -> None:
    rows = trend.with_signals(restated([1.0] * 7 + [99.0]))

    assert [row.signal for row in rows] == [None] * 8
    assert trend.limits(rows) is None


def over(horizons: list[int | None], basis: str = "margin") -> list[Restated]:
    """Return values of 8 periods and more over these horizons, of run 1, 2, ..."""
    values = [10.0, 11, 10, 12, 11, 10, 11, 12, 30][: len(horizons)]
    return [
        replace(row, run=number, basis=basis, restated_basis=basis, horizon=n, restated_horizon=n)
        for number, (row, n) in enumerate(zip(restated(values), horizons, strict=True), 1)
    ]


def said(rows: list[Restated], **options: Any) -> dict[str, str]:
    newest = SimpleNamespace(command="calc", number=9)
    statements = sentences.statements(rows, newest, has_files=True, **options)  # type: ignore[arg-type]
    return {line.label: say(line.says, "en", "USD") for line in statements}


def test_values_over_one_horizon_have_signals_and_a_basis() -> None:
    rows = list(trend.with_signals(over([12] * 9)))
    assert rows[-1].signal is Signal.ABOVE
    assert trend.limits(rows) is not None
    assert said(rows)["Basis"] == "gross-margin basis, before CAC, over 12 months"
    assert "Horizons" not in said(rows)


def test_values_over_different_horizons_are_not_compared() -> None:
    rows = list(trend.with_signals(over([3, 3, 6, 6, 6, 12, 12, 12, 12], "revenue")))
    assert {row.signal for row in rows} == {None}
    assert trend.limits(rows) is None
    assert said(rows)["Basis"] == "revenue basis (no margin applied), before CAC, over 12 months"
    assert said(rows)["Horizons"].startswith("3 to 12 months: a longer horizon alone")
    assert said(rows)["Horizons"].endswith("--horizon 3mo")
    assert said(rows)["Signals"] == "unknown: horizons differ"


def test_values_restated_over_one_horizon_are_compared() -> None:
    rows = [replace(row, restated_horizon=3) for row in over([3, 3, 6, 6, 6, 12, 12, 12, 12])]
    assert trend.with_signals(rows)[-1].signal is Signal.ABOVE


def test_runs_that_reported_another_basis_are_named() -> None:
    rows = [*over([12], "revenue"), *over([12, 12])[1:]]
    assert said(rows)["Other basis"] == (
        "run 1 reported another basis: revenue basis (no margin applied), before CAC"
    )


def test_a_figure_without_a_margin_has_no_basis() -> None:
    rows = [replace(row, basis=None, horizon=None, restated_horizon=None) for row in over([12] * 2)]
    assert {"Basis", "Other basis", "Horizons"}.isdisjoint(said(rows))


def test_runs_about_other_customers_have_no_signals() -> None:
    assert said(over([12] * 9), doubted=[1])["Signals"] == "unknown: the runs count other customers"
