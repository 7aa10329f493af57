"""States and messages are stored together; a message is kept until a channel accepts it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ltvcli.record import alerts, history_file, runs
from ltvcli.record.alerts import Change, KeptState, Key, Letter
from tests.record.histories import AT, run

SLACK = Letter(channel="slack", subject="s", body="to slack")
MAIL = Letter(channel="mail", subject="s", body="to mail")


def state(name: str, number: int, run_number: int = 1) -> KeptState:
    return KeptState(
        state=name,
        since=date(2026, 10, number),
        runs=number,
        alarmed=name == "firing",
        run=run_number,
    )


def advance(history: history_file.History, *changes: Change, scope: str = "shop/ltv.yaml") -> None:
    alerts.advance(history, scope, lambda _: changes)


@pytest.fixture
def history(tmp_path: Path):  # type: ignore[no-untyped-def]
    with history_file.opened(tmp_path / "history.db") as opened:
        runs.add(opened, run())
        yield opened


def test_the_last_state_holds(history: history_file.History) -> None:
    key = "cac", "ads"
    advance(history, (key, state("pending", 1), ()))
    advance(history, (key, state("firing", 2), ()), (("cac", ""), state("ok", 3), ()))

    assert alerts.latest(history, "shop/ltv.yaml") == {
        key: state("firing", 2),
        ("cac", ""): state("ok", 3),
    }


def test_rules_of_other_files_are_apart(history: history_file.History) -> None:
    advance(history, (("cac", ""), state("firing", 1), [SLACK]))
    advance(history, (("cac", ""), state("ok", 2), ()), scope="other/ltv.yaml")

    assert alerts.latest(history, "shop/ltv.yaml")["cac", ""].state == "firing"
    assert alerts.unsent(history, "other/ltv.yaml", ["slack"]) == []


def test_a_message_stays_until_its_channel_took_it(history: history_file.History) -> None:
    advance(history, (("cac", ""), state("firing", 1), [SLACK, MAIL]))
    slack, mail = alerts.unsent(history, "shop/ltv.yaml", ["slack", "mail"])
    alerts.mark_sent(history, [mail.number], AT)
    advance(history, (("cac", ""), state("resolved", 2), [SLACK]))

    waiting = alerts.unsent(history, "shop/ltv.yaml", ["slack", "mail"])

    assert [letter.channel for letter in waiting] == ["slack", "slack"]
    assert waiting[0] == slack
    assert alerts.unsent(history, "shop/ltv.yaml", ["mail"]) == []


def test_a_state_is_known_once_all_channels_got_it(history: history_file.History) -> None:
    def told() -> list[bool]:
        rows = history.connection.execute("SELECT told_at FROM states").fetchall()
        return [row[0] is not None for row in rows]

    advance(history, (("cac", ""), state("firing", 1), [SLACK, MAIL]))
    first, second = alerts.unsent(history, "shop/ltv.yaml", ["slack", "mail"])
    alerts.mark_sent(history, [first.number], AT)
    assert told() == [False]

    alerts.mark_sent(history, [second.number], AT)
    assert told() == [True]


def test_what_breaks_in_between_keeps_nothing(history: history_file.History) -> None:
    def breaks(_: Mapping[Key, KeptState]) -> list[Change]:
        return [(("cac", ""), state("firing", 1), [SLACK]), None]  # type: ignore[list-item]

    with pytest.raises(TypeError):
        alerts.advance(history, "shop/ltv.yaml", breaks)

    assert alerts.latest(history, "shop/ltv.yaml") == {}
    assert alerts.unsent(history, "shop/ltv.yaml", ["slack"]) == []


def test_runs_at_once_lose_nothing(history: history_file.History) -> None:
    """Each goes on from the state that the one before it left."""

    def following(before: Mapping[Key, KeptState]) -> list[Change]:
        kept = before.get(("cac", ""))
        count = kept.runs + 1 if kept else 1
        after = KeptState(state="firing", since=date(2026, 10, 1), runs=count, alarmed=True, run=1)
        return [(("cac", ""), after, [SLACK])]

    def count_up() -> None:
        for _ in range(5):
            with history_file.opened(history.path) as opened:
                alerts.advance(opened, "shop/ltv.yaml", following)

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert alerts.latest(history, "shop/ltv.yaml")["cac", ""].runs == 20
    assert len(alerts.unsent(history, "shop/ltv.yaml", ["slack"])) == 20
