"""States of a rule from run to run: every transition."""

from __future__ import annotations

from datetime import date

import pytest

from ltvcli.analyses.check.states import following, is_alert
from ltvcli.results.check import Evaluation, RuleState, Standing

OK, PENDING, FIRING = RuleState.OK, RuleState.PENDING, RuleState.FIRING
NO_DATA, RESOLVED = RuleState.NO_DATA, RuleState.RESOLVED


def found(holds: bool | None) -> Evaluation:
    return Evaluation(
        rule="r",
        segment="",
        month="2026-10",
        figure="cac",
        estimate=None,
        usual=None,
        limit=50.0,
        probability=None,
        p_value=None,
        holds=holds,
        missing=None,
    )


def run(seen: str, needed: int, *, again: bool = False) -> list[Standing]:
    """Follow runs, a letter each: h holds, n does not, ? is not known; again: on the same data."""
    standing: Standing | None = None
    standings = []
    for day, letter in enumerate(seen, 1):
        evaluation = found({"h": True, "n": False, "?": None}[letter])
        standing = following(
            standing, evaluation, needed, date(2026, 10, day), is_new=not again or day == 1
        )
        standings.append(standing)
    return standings


@pytest.mark.parametrize(
    ("seen", "needed", "states"),
    [
        ("nhn", 1, [OK, FIRING, RESOLVED]),
        ("hhn", 1, [FIRING, FIRING, RESOLVED]),
        ("hnn", 1, [FIRING, RESOLVED, OK]),
        ("hnh", 1, [FIRING, RESOLVED, FIRING]),
        ("hhh", 2, [PENDING, FIRING, FIRING]),
        ("hnhh", 2, [PENDING, OK, PENDING, FIRING]),
        ("h?h", 2, [PENDING, NO_DATA, FIRING]),
        ("hh?n", 2, [PENDING, FIRING, NO_DATA, RESOLVED]),
        ("hh?h", 2, [PENDING, FIRING, NO_DATA, FIRING]),
        ("?", 1, [NO_DATA]),
        ("?n", 1, [NO_DATA, OK]),
        ("h?n", 2, [PENDING, NO_DATA, OK]),
    ],
)
def test_runs_lead_from_state_to_state(seen: str, needed: int, states: list[RuleState]) -> None:
    assert [standing.state for standing in run(seen, needed)] == states


def test_the_same_data_counts_once() -> None:
    assert [standing.state for standing in run("hhhh", 2, again=True)] == [PENDING] * 4


def test_what_was_resolved_stays_so_while_the_data_is_the_same() -> None:
    fired = run("h", 1)[0]
    resolved = following(fired, found(False), 1, date(2026, 11, 30), is_new=True)

    assert following(resolved, found(False), 1, date(2026, 11, 30), is_new=False) == resolved


def test_a_state_begins_on_the_day_it_is_entered() -> None:
    assert [standing.since.day for standing in run("nnhhn", 1)] == [1, 1, 3, 3, 5]


def test_each_change_is_reported_once() -> None:
    standings = run("nhh?hnn", 1)
    before = [None, *standings]

    told = [
        after.state
        for earlier, after in zip(before, standings, strict=False)
        if is_alert(earlier, after)
    ]

    assert told == [FIRING, NO_DATA, FIRING, RESOLVED]


def test_data_that_was_never_there_is_no_news() -> None:
    assert not is_alert(None, run("?", 1)[0])
    assert is_alert(None, run("h", 1)[0])
