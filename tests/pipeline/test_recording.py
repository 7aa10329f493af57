"""Runs recorded from Python: the same as by `--record`, at a time that the caller says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.errors import HistoryUnwritableError, LtvError, UnknownSettingError
from ltvcli.record import history_file, runs
from tests import effort

ROOT = Path(__file__).parents[2]
ORDERS = str(ROOT / "tests/golden/cohorts/orders.csv")
SAAS = str(ROOT / "examples/saas/subscriptions.csv")
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def recorded(history: Path) -> list[runs.RecordedRun]:
    with history_file.read(history) as opened:
        return runs.recorded(opened)


@pytest.mark.parametrize(
    ("command", "inputs", "options"),
    effort.nth(
        3,
        [
            ("calc", [ORDERS], {"cac": 40}),
            ("cohorts", [ORDERS], {"metric": "retention"}),
            ("segments", [SAAS], {"by": "plan"}),
            ("mrr", [SAAS], {}),
            ("benchmark", [SAAS], {}),
            ("review", [SAAS], {"period": "week"}),
            ("whatif", [], {"arpu": 10_000, "churn": "5%->4%", "cac": 60_000}),
            ("audit", [], {"claims": {"ltv": 80_000, "cac": 20_000}}),
        ],
    ),
)
def test_what_is_answered_is_recorded(
    command: str, inputs: list[str], options: dict[str, Any], history: Path
) -> None:
    answer = getattr(ltvcli, command)(*inputs, **options, record=True, history=history, now=NOW)

    (run,) = recorded(history)
    assert (run.command, run.recorded_at) == (command, NOW)
    with history_file.read(history) as opened:
        document = runs.document(opened, run.number)
    assert document["findings"] == answer.to_dict()["findings"]
    assert ltvcli.history(path=history).tables["runs"][0]["command"] == command


def test_a_report_records_each_of_its_answers(history: Path) -> None:
    ltvcli.report("investor", SAAS, margin="80%", record=True, history=history, now=NOW)

    kept = recorded(history)
    assert {run.command for run in kept} == {"calc", "cohorts", "mrr"}
    assert len(kept) == 4  # cohorts are asked for value and for retention
    assert {run.recorded_at for run in kept} == {NOW}


def test_without_a_time_it_is_that_of_the_call(history: Path) -> None:
    before = datetime.now(UTC)
    ltvcli.calc(arpu=10_000, churn=0.05, cac=60_000, record=True, history=history)

    (run,) = recorded(history)
    assert before <= run.recorded_at <= before + timedelta(minutes=1)


def test_the_same_run_twice_is_one(history: Path) -> None:
    for _ in range(2):
        ltvcli.calc(ORDERS, cac=40, record=True, history=history, now=NOW)

    assert len(recorded(history)) == 1


def test_nothing_is_recorded_unless_it_is_asked_for(history: Path) -> None:
    ltvcli.calc(ORDERS, cac=40, history=history)

    assert not history.exists()


def test_an_input_is_not_written_to(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_bytes(Path(ORDERS).read_bytes())
    with pytest.raises(LtvError):
        ltvcli.calc(orders, cac=40, record=True, history=orders)

    assert orders.read_bytes() == Path(ORDERS).read_bytes()


def test_a_history_that_cannot_be_written_is_an_error_before_anything_is_read(
    tmp_path: Path,
) -> None:
    with pytest.raises(HistoryUnwritableError):
        ltvcli.calc("nowhere.csv", record=True, history=tmp_path)


def test_what_is_not_recorded_takes_no_such_option() -> None:
    with pytest.raises(UnknownSettingError):
        ltvcli.check(ORDERS, rules=[{"name": "CAC", "when": "cac > 50"}], cac=1, record=True)
