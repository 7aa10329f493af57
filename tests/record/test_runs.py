"""Runs are restored as they were recorded, each once, and without customers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ltvcli.errors import HistoryDamagedError, NoSuchRunError
from ltvcli.record import history_file, runs
from tests.record.histories import AT, document, orders, run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def test_a_run_comes_back_as_it_was_recorded(path: Path) -> None:
    with history_file.opened(path) as history:
        added = runs.add(history, run())
    with history_file.read(path) as history:
        (recorded,) = runs.recorded(history)
        says, settings = runs.document(history, 1), runs.settings(history, 1)

    assert added == runs.Added(number=1, is_new=True)
    assert (recorded.number, recorded.command, recorded.version) == (1, "calc", "0.1.0")
    assert (recorded.recorded_at, recorded.as_of) == (AT, date(2026, 10, 31))
    assert says == document()
    assert settings == {"margin": 0.4}


def test_the_same_run_is_recorded_once_whenever_and_wherever_it_is_run(path: Path) -> None:
    elsewhere = document(
        provenance={"inputs": [{"path": "/data/orders.csv"}], "given": {}},
        next_command="ltv calc /data/orders.csv --cac CAC",
    )
    with history_file.opened(path) as history:
        runs.add(history, run())
        again = runs.add(history, run(at=AT + timedelta(days=1), document=elsewhere))
        recorded = runs.recorded(history)

    assert again == runs.Added(number=1, is_new=False)
    assert [one.recorded_at for one in recorded] == [AT]


@pytest.mark.parametrize(
    "difference",
    [
        {"command": "cohorts"},
        {"version": "0.2.0"},
        {"as_of": date(2026, 11, 30)},
        {"as_of": None},
        {"inputs": (orders("c" * 64),)},
        {"inputs": ()},
        {"settings_hash": "d" * 64},
        {"document": document(currency="JPY")},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_a_run_that_differs_in_anything_is_another_one(path: Path, difference: dict) -> None:  # type: ignore[type-arg]
    with history_file.opened(path) as history:
        runs.add(history, run())
        added = runs.add(history, run(**difference))

    assert added == runs.Added(number=2, is_new=True)


def test_single_customers_are_not_recorded(path: Path) -> None:
    customers = [{"customer": "C-0042", "revenue": 10.0}]
    listed = document(tables=dict.fromkeys(["keep", "at_risk", "minus_customers"], customers))
    with history_file.opened(path) as history:
        runs.add(history, run(document=listed))
        says = runs.document(history, 1)

    assert says["tables"] == {}


def test_runs_are_listed_by_command_and_time(path: Path) -> None:
    later = (AT + timedelta(hours=1)).astimezone(timezone(timedelta(hours=9)))
    with history_file.opened(path) as history:
        runs.add(history, run())
        runs.add(history, run(command="mrr", at=later))
        of_mrr, since = runs.recorded(history, "mrr"), runs.recorded(history, since=later)
        until_then = runs.recorded(history, since=later + timedelta(seconds=1))

    assert [one.number for one in of_mrr] == [2]
    assert [one.number for one in since] == [2]
    assert since[0].recorded_at == later
    assert until_then == []


def test_a_run_that_is_forgotten_takes_its_facts_and_its_number_with_it(path: Path) -> None:
    with history_file.opened(path) as history:
        runs.add(history, run(facts={"orders": {1: 2}}))
        runs.forget(history, 1)
        left, facts = runs.recorded(history), runs.facts(history, 1)
        added = runs.add(history, run())

    assert (left, facts) == ([], {})
    assert added.number == 2


def test_nothing_of_a_run_that_is_forgotten_is_left_in_the_file(path: Path) -> None:
    with history_file.opened(path) as history:
        runs.add(history, run(settings_hash="of the run that goes"))
        runs.add(history, run())
        runs.forget(history, 1)

    assert b"of the run that goes" not in path.read_bytes()


def test_a_number_that_no_run_has_is_an_error(path: Path) -> None:
    with history_file.opened(path) as history:
        for ask in (runs.find, runs.document, runs.settings, runs.forget):
            with pytest.raises(NoSuchRunError):
                ask(history, 1)


@pytest.mark.parametrize("column", ["document", "settings"])
def test_a_damaged_run_gives_an_error(path: Path, column: str) -> None:
    with history_file.opened(path) as history:
        runs.add(history, run())
        history.connection.execute(f"UPDATE runs SET {column} = x'00'")
        with pytest.raises(HistoryDamagedError, match="a run in it cannot be read"):
            getattr(runs, column)(history, 1)


def test_damaged_facts_give_an_error(path: Path) -> None:
    with history_file.opened(path) as history:
        runs.add(history, run(facts={"orders": {1: 2}}))
        history.connection.execute("UPDATE facts SET packed = x'00'")
        with pytest.raises(HistoryDamagedError):
            runs.facts(history, 1)


def test_times_are_kept_in_one_zone_so_that_their_order_is_that_of_their_texts(path: Path) -> None:
    at = datetime(2026, 11, 1, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    with history_file.opened(path) as history:
        runs.add(history, run(at=at))
        (text,) = history.connection.execute("SELECT recorded_at FROM runs").fetchone()

    assert text == "2026-10-31T15:30:00.000000+00:00"
