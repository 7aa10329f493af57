"""Recorded runs on a screen: lists, one run, and a figure as reported and restated, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ltvcli.pages import history as page
from ltvcli.pages import history_chart
from ltvcli.pages.answers import history
from ltvcli.results import Estimate, Sentence, Source, Statement
from ltvcli.results.history import Because, HistoryReport, Restated
from ltvcli.results.review import Signal
from ltvcli.stats.inference.process_behaviour import Limits
from ltvcli.text.words import say


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


def run(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "run": number, "recorded_at": f"2026-01-{number:02}T08:30:00Z", "command": "calc",
        "as_of": "2025-12-31", "figure": "ltv", "value": 40.0, "value_low": 35.0,
        "value_high": 45.0, "unit": "money", "currency": "USD", "version": "0.1.0", **changed,
    }  # fmt: skip


LISTED = HistoryReport(
    command="history",
    version="0",
    as_of=None,
    currency=None,
    inputs=(),
    given={},
    says=(Statement(label="History", says=Sentence("2 runs")),),
    main="runs",
    tables={"runs": (run(1), run(2, figure="arr", value=1_200.0, value_low=None))},
    runs=2,
)
ROWS = (
    Restated(
        period=date(2025, 11, 30), segment="", run=1, reported=estimate(3.0, 2.5, 3.5),
        restated=estimate(2.0, 1.8, 2.2), because=(Because.DATA, Because.SETTINGS),
        parts={Because.DATA: -1.2, Because.SETTINGS: 0.2, Because.VERSION: 0.0},
    ),
    Restated(
        period=date(2025, 12, 31), segment="", run=2, reported=estimate(3.2, 2.6, 3.8),
        restated=None, because=(), parts={}, signal=Signal.ROUTINE,
    ),
)  # fmt: skip
TREND = replace(
    LISTED,
    action="trend",
    figure="ltv_to_cac",
    unit="ratio",
    trend=ROWS,
    says=tuple(Statement(label=label, says=Sentence(label)) for label in ("first", "Moved", "Now")),
    main="trend",
    tables={"trend": ({}, {})},
    limits={"": Limits(mean=2.5, low=2.0, high=3.0)},
)


def answer(report: HistoryReport) -> list[tuple[str, str]]:
    return [
        (say(line.label, "en", "USD"), say(line.says, "en", "USD"))
        for line in history.answer(report)
    ]


def cells(report: HistoryReport) -> list[list[str]]:
    (grid,) = page.memo(report, "en")
    return [list(map(str, row)) for row in grid.rows]


def test_a_list_ends_with_the_newest_run() -> None:
    assert answer(LISTED) == [
        ("History", "2 runs"),
        ("Newest", "ARR $1,200.00 by ltv calc"),
    ]


def test_each_run_has_its_main_figure_in_its_own_currency() -> None:
    yen = run(3, currency="JPY", value=4_000.0, value_low=3_500.0, value_high=4_500.0)

    assert cells(replace(LISTED, tables={"runs": (run(1), yen)})) == [
        ["1", "2026-01-01 08:30", "calc", "2025-12-31", "Lifetime value", "$40.00 (35.00–45.00)",
         "0.1.0"],
        ["3", "2026-01-03 08:30", "calc", "2025-12-31", "Lifetime value", "¥4,000 (3,500–4,500)",
         "0.1.0"],
    ]  # fmt: skip


def test_a_screen_shows_the_newest_runs_and_counts_the_others() -> None:
    many = replace(LISTED, tables={"runs": tuple(run(number) for number in range(1, 26))})
    (grid,) = page.grids(many, "en", 80)

    assert [str(row[0]) for row in grid.rows] == [str(number) for number in range(6, 26)]
    assert list(grid.notes) == ["(+5 rows: --verbose)"]


def test_a_single_run_shows_its_first_figures() -> None:
    figure = {"segment": None, **{key: run(1)[key] for key in
              ("figure", "value", "value_low", "value_high", "unit")}}  # fmt: skip
    shown = replace(LISTED, action="show", number=7, currency="USD", tables={"figures": (figure,)})

    assert answer(shown) == [
        ("Run 7", "2 runs"),
        ("Lifetime value", "$40.00 ($35.00–$45.00)"),
    ]
    assert cells(shown) == [["Lifetime value", "$40.00 (35.00–45.00)"]]


def test_a_forgotten_run_is_named_and_no_table_is_left() -> None:
    forgotten = replace(LISTED, action="forget", number=2, tables={"runs": (run(2),)})

    assert answer(forgotten) == [("History", "run 2 of ltv calc is forgotten; 2 runs are left")]
    assert page.grids(forgotten, "en", 80) == []


def test_a_trend_has_the_newest_value_and_two_more_sentences() -> None:
    assert answer(TREND) == [
        ("LTV/CAC", "3.20 (2.60–3.80) reported for 2025-12-31"),
        ("Moved", "Moved"),
        ("Now", "Now"),
    ]
    only = replace(ROWS[0], segment="ads")
    assert answer(replace(TREND, trend=(only,), by="channel"))[0] == (
        "LTV/CAC, ads",
        "2.00 (1.80–2.20) restated, 3.00 (2.50–3.50) reported for 2025-11-30",
    )


def test_reported_and_restated_values_are_shown_with_reasons() -> None:
    assert cells(TREND) == [
        ["2025-11-30", "3.00 (2.50–3.50)", "2.00 (1.80–2.20)", "",
         "data revised -1.20, settings changed +0.20"],
        ["2025-12-31", "3.20 (2.60–3.80)", "", "routine", ""],
    ]  # fmt: skip
    assert len(cells(replace(TREND, by="channel"))[0]) == 6


@pytest.mark.parametrize("width", [80, 120])
def test_a_chart_has_both_series_limits_and_the_day_it_begins(width: int) -> None:
    (chart,) = history_chart.charts(TREND, "en", width)
    lines = [str(row[0]) for row in chart.rows]

    assert chart.heads == ["o reported  x restated  * both  - limits of routine variation"]
    assert sum(line.count("o") for line in lines) == 2
    assert sum(line.count("x") for line in lines) == 1
    assert lines[-1].split()[0] == "2025-11-30"
    assert all(len(line) <= width for line in lines)


def test_at_most_three_segments_are_drawn() -> None:
    rows = tuple(replace(ROWS[0], segment=name) for name in ("ads", "mail", "shop", "web"))

    drawn = history_chart.charts(replace(TREND, trend=rows, by="channel", limits={}), "en", 80)
    assert [chart.title for chart in drawn] == ["ads", "mail", "shop"]
