"""A trend beside today's data for the same days: planted changes are found, and no others."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.errors import (
    HistoryMissingError,
    InputError,
    NothingRecordedError,
    NotRecordedByError,
    UnknownNameError,
)
from ltvcli.formats import json as json_format
from ltvcli.pages.answer import restated
from ltvcli.pages.answers import history as history_answer
from ltvcli.pipeline import history_trend
from ltvcli.results.history import Because, HistoryReport, Restated
from ltvcli.text.words import say
from tests.record import shop_history

HISTORY = Path(__file__).parents[1] / "golden/history/history.db"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(HISTORY, tmp_path / "history.db")
    return tmp_path / "history.db"


def document(report: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(json_format.render(report, "en"))
    return found


def trend(path: Path, figure: str = "ltv_to_cac", *files: Any, by: str = "") -> HistoryReport:
    return history_trend.trend(path, figure, files, by=by, document=document)


@pytest.fixture(scope="module")
def planted() -> HistoryReport:
    """The whole history beside today's file."""
    return trend(HISTORY, "ltv_to_cac", shop_history.ORDERS)


def keep_runs_from(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM runs WHERE number < ?", [number])


def reasons(rows: tuple[Restated, ...]) -> list[str]:
    return [", ".join(row.because) for row in rows]


@pytest.mark.slow
def test_what_was_planted_is_found_and_nothing_else(planted: HistoryReport) -> None:
    """Six months with tax, one more at the lower CAC, then four that hold."""
    assert reasons(planted.trend) == [
        *["data-revised, settings-changed"] * 6,
        "settings-changed",
        *[""] * 4,
    ]
    for row in planted.trend:
        assert row.parts[Because.VERSION] == 0


def test_the_restated_figure_equals_a_run_of_today_as_of_that_day(
    planted: HistoryReport,
) -> None:
    row = planted.trend[3]
    answer = ltvcli.calc(shop_history.ORDERS, cac=25, as_of=row.period)

    assert row.restated is not None
    assert row.restated.value == answer.verdict.ltv_to_cac
    assert (row.restated.low, row.restated.high) == (answer.verdict.low, answer.verdict.high)


def test_without_files_the_recorded_sums_are_valued_by_the_settings_of_today(path: Path) -> None:
    report = trend(path)

    assert reasons(report.trend) == ["", *["settings-changed"] * 6, *[""] * 4]
    for row in report.trend[:7]:
        assert row.restated is not None
        assert row.restated.value == pytest.approx(row.reported.value * 20 / 25)
        assert row.parts[Because.DATA] is None


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run of relative paths, in a folder that is not the current one; return its history."""
    orders = shop_history.ORDERS.read_text("utf-8")
    for name, spend in (("shop", 90), ("other", 990)):
        (tmp_path / name).mkdir()
        tax = "" if name == "shop" else "9"
        (tmp_path / name / "orders.csv").write_text(re.sub(r",(\d+\.)", rf",{tax}\1", orders))
        days = [f"{2025 + n // 12}-{1 + n % 12:02}-02,{spend}\n" for n in range(3, 18)]
        (tmp_path / name / "spend.csv").write_text("date,spend\n" + "".join(days))
    monkeypatch.chdir(tmp_path / "shop")
    path = tmp_path / "history.db"
    ltvcli.calc("orders.csv", spend="spend.csv", margin=0.5, record=True, history=str(path))
    monkeypatch.chdir(tmp_path / "other")
    return path


def source(report: HistoryReport) -> str:
    return next(
        say(statement.says, "en", None)
        for statement in report.says
        if statement.label == "Restated from"
    )


def test_the_files_of_the_newest_run_are_used_where_they_were(moved: Path) -> None:
    """Files of the same names in the current folder are others."""
    report = trend(moved, "ltv_to_cac")

    assert report.trend[0].parts[Because.DATA] == 0
    assert source(report) == f"today's files in {moved.parent / 'shop'} with the settings of run 1"
    lines = [say(line.says, "en", None) for line in history_answer.answer(report)]
    assert any("1 so far" in text for text in lines)  # which does not repeat the number of the run
    statement = next(each for each in report.says if each.label == "Restated from")
    assert not restated(statement, [*history_answer.answer(report)])


@pytest.mark.parametrize("name", ["orders.csv", "spend.csv"])
def test_a_file_that_is_not_where_it_was_is_named(moved: Path, name: str) -> None:
    (moved.parent / "shop" / name).unlink()
    report = trend(moved, "ltv_to_cac")

    assert report.trend[0].parts[Because.DATA] is None
    assert f"because there is no file {moved.parent / 'shop' / name}" in source(report)


def test_spend_of_the_run_is_read_beside_given_files(moved: Path) -> None:
    shop = moved.parent / "shop"
    row = trend(moved, "ltv_to_cac", shop / "orders.csv").trend[0]
    assert row.restated is not None
    assert row.restated.value == row.reported.value

    (shop / "spend.csv").unlink()
    report = trend(moved, "ltv_to_cac", shop / "orders.csv")
    assert report.trend[0].because == (Because.DATA,)
    assert "with spend.csv of the current folder" in source(report)


def test_paths_of_an_unknown_folder_are_not_read(path: Path) -> None:
    """The folder was not recorded by earlier versions."""
    shutil.copy(shop_history.ORDERS, path.parent / "orders.csv")
    report = trend(path)

    assert all(row.parts[Because.DATA] is None for row in report.trend)
    assert "the folder of its orders.csv was not recorded" in source(report)


def test_a_figure_of_another_version_is_marked(path: Path) -> None:
    """Halve what the run of March said, as if by an earlier version."""
    with closing(sqlite3.connect(path)) as connection, connection:
        says = connection.execute("SELECT document FROM runs WHERE number = 8").fetchone()[0]
        said = json.loads(zlib.decompress(says))
        for key in ("ltv_to_cac", "low", "high"):
            said["verdict"][key] /= 2
        packed = zlib.compress(json.dumps(said).encode())
        connection.execute(
            "UPDATE runs SET document = ?, version = '0.0.9' WHERE number = 8", [packed]
        )
    keep_runs_from(path, 8)
    report = trend(path, "ltv_to_cac", shop_history.ORDERS)

    assert reasons(report.trend) == ["version-changed", "", "", ""]
    assert report.trend[0].parts[Because.DATA] == pytest.approx(0)


def test_segments_are_followed_separately(path: Path) -> None:
    report = trend(path, "ltv_to_cac", shop_history.ORDERS, by="channel")
    months = {row.segment: [] for row in report.trend}  # type: ignore[var-annotated]
    for row in report.trend:
        months[row.segment].append(row.period.month)
        assert row.restated is not None
        assert row.restated.value == row.reported.value

    assert months["mail"] == months["social"] == [4, 5, 6]
    assert "other" in months


def test_a_correction_on_the_same_day_counts_and_a_later_run_of_that_day_does_not(
    path: Path,
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for fingerprint, at in (("x", "2025-08-31T19"), ("y", "2026-06-30T19")):
            connection.execute(
                "INSERT INTO runs (fingerprint, recorded_at, version, command, as_of, inputs_hash,"
                " settings_hash, settings, document) SELECT ?, ?, version, command, '2025-08-31',"
                " inputs_hash, settings_hash, settings, document FROM runs WHERE number = 8",
                [fingerprint, f"{at}:00:00.000000+00:00"],
            )
    report = trend(path)

    assert report.trend[0].run == 15
    assert len(report.trend) == 11


def test_of_many_days_the_last_one_of_each_month_is_followed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in range(60):
            day = date(2026, 4, 20) + timedelta(days=number)
            connection.execute(
                "INSERT INTO runs (fingerprint, recorded_at, version, command, as_of, inputs_hash,"
                " settings_hash, settings, document) SELECT ?, ?, version, command, ?, inputs_hash,"
                " settings_hash, settings, document FROM runs WHERE number = 8",
                [f"x{number}", f"{day}T18:00:00.000000+00:00", str(day)],
            )
    days = [row.period for row in trend(path).trend]

    assert days == list(shop_history.ends())


def test_a_figure_is_that_of_the_command_that_has_it_in_most_runs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE runs SET command = 'review' WHERE number = 13")
    report = trend(path)

    assert [row.run for row in report.trend] == [*range(1, 10), 11]


def test_a_day_before_the_first_order_has_no_restated_figure(path: Path) -> None:
    header, *lines = shop_history.ORDERS.read_text("utf-8").splitlines(keepends=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM runs WHERE number NOT IN (1, 13)")
    late = [line for line in lines if line.split(",")[1] >= "2025-10-01"]
    (path.parent / "late.csv").write_text("".join([header, *late]), "utf-8")
    report = trend(path, "ltv_to_cac", path.parent / "late.csv")

    assert [row.restated is None for row in report.trend] == [True, False]


@pytest.mark.parametrize(
    ("figure", "by", "error"),
    [("ltc", "", UnknownNameError), ("ltv", "country", NotRecordedByError)],
)
def test_what_was_not_recorded_is_an_error(
    path: Path, figure: str, by: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        trend(path, figure, by=by)


def test_an_empty_history_suggests_how_to_begin(path: Path) -> None:
    keep_runs_from(path, 100)
    with pytest.raises(NothingRecordedError):
        trend(path)


def test_a_file_that_cannot_be_used_is_an_error(path: Path) -> None:
    with pytest.raises(InputError):
        trend(path, "ltv", "nowhere.csv")
    with pytest.raises(HistoryMissingError):
        trend(path.parent / "nowhere.db", "ltv")
