"""When a rule would have fired: month after month, as runs would have."""

from __future__ import annotations

from ltvcli.analyses.check.evaluate import Months
from ltvcli.analyses.check.replay import replay, rows
from tests.analyses.check.test_evaluate import CALM, monthly, rule


def fired(
    when: str, *values: float | None, figure: str = "cac", runs: str = "1"
) -> list[tuple[str, str]]:
    data = Months(segments=[monthly(values, figure)], kind="orders")
    played = replay(rule(when, **{"for": runs}), data)
    return [(episode.fired, episode.resolved) for episode in played.episodes]


def test_each_time_is_an_episode() -> None:
    assert fired("cac > 40", 50, 50, 30, 30, 50, 30, 50) == [
        ("2026-04", "2026-06"),
        ("2026-08", "2026-09"),
        ("2026-10", ""),
    ]


def test_runs_in_a_row_are_waited_for() -> None:
    found = fired("cac > 40", 50, 30, 50, 50, 50, 30, runs="2 runs")

    assert found == [("2026-08", "2026-10")]


def test_a_gap_neither_fires_nor_resolves() -> None:
    assert fired("cac > 40", 50, None, 50, 30) == [("2026-07", "2026-10")]


def test_a_change_fires_when_it_happens() -> None:
    assert fired("changed(aov)", *CALM, 90.0, 50.0, figure="aov") == [("2026-09", "2026-10")]


def test_later_rows_are_not_used() -> None:
    """What a month would have said then does not hang on what came after it."""
    values = [*CALM, 90.0, 50.0, 20.0, 50.0]

    for length in range(9, len(values)):
        data = Months(segments=[monthly(values[:length], "aov")], kind="orders")
        longer = Months(segments=[monthly(values, "aov")], kind="orders")
        last = len(replay(rule("changed(aov)"), data).episodes)
        upto = [
            episode
            for episode in replay(rule("changed(aov)"), longer).episodes
            if longer.segments[0].months.index(_month(longer, episode.fired)) < length
        ]
        assert last == len(upto)


def _month(data: Months, name: str):  # type: ignore[no-untyped-def]
    return next(month for month in data.segments[0].months if month.name == name)


def test_segments_are_apart() -> None:
    data = Months(
        segments=[monthly([50, 30], segment="ads"), monthly([30, 50], segment="web")],
        kind="orders",
    )
    played = replay(rule("cac > 40"), data)

    assert [(row["segment"], row["fired"], row["resolved"]) for row in rows((played,))] == [
        ("ads", "2026-09", "2026-10"),
        ("web", "2026-10", None),
    ]


def test_months_that_can_be_decided_are_counted() -> None:
    data = Months(segments=[monthly([None, 50, 50])], kind="orders")
    played = replay(rule("cac > 60"), data)

    assert (played.months, played.decided, played.episodes) == (3, 2, ())
