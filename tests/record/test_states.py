"""Every change of state of a rule is kept; the last one holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ltvcli.record import history_file, runs, states
from ltvcli.record.states import NewState
from tests.record.histories import AT, run


def test_the_last_state_of_each_rule_and_segment_holds(tmp_path: Path) -> None:
    since = date(2026, 10, 1)
    with history_file.opened(tmp_path / "history.db") as history:
        number = runs.add(history, run()).number
        states.add(
            history,
            [
                NewState(rule="economics", state="pending", since=since, run=number),
                NewState(rule="economics", segment="web", state="ok", since=since, run=number),
            ],
        )
        states.add(history, [NewState(rule="economics", state="firing", since=since, run=number)])
        latest, changes = states.latest(history), states.changes(history)

    assert [(state.segment, state.state, state.told_at) for state in latest] == [
        ("", "firing", None),
        ("web", "ok", None),
    ]
    assert [state.state for state in changes] == ["pending", "ok", "firing"]
    assert (latest[0].since, latest[0].run) == (since, number)


def test_who_was_told_once_is_not_told_later(tmp_path: Path) -> None:
    with history_file.opened(tmp_path / "history.db") as history:
        numbers = states.add(
            history, [NewState(rule="economics", state="firing", since=date(2026, 10, 1))]
        )
        states.tell(history, numbers, AT)
        states.tell(history, numbers, AT + timedelta(days=1))
        (state,) = states.latest(history)

    assert state.told_at == AT


def test_a_state_outlives_the_run_that_showed_it(tmp_path: Path) -> None:
    with history_file.opened(tmp_path / "history.db") as history:
        number = runs.add(history, run()).number
        states.add(
            history,
            [NewState(rule="economics", state="firing", since=date(2026, 10, 1), run=number)],
        )
        runs.forget(history, number)
        (state,) = states.latest(history)

    assert state.run is None
