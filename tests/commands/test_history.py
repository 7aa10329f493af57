"""`ltv history` and `--record`, as they are typed."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.record import history_file, runs
from tests import effort, small_examples

HISTORY = ("--history", "history.db")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_examples.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ltv(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="ltv")


def recorded() -> list[runs.RecordedRun]:
    with history_file.read(Path("history.db")) as history:
        return runs.recorded(history)


@pytest.mark.parametrize(
    "typed",
    effort.nth(
        3,
        [
            "calc orders.csv --cac 18",
            "calc --arpu 10 --churn 5%",
            "cohorts orders.csv",
            "segments orders.csv --by channel",
            "predict orders.csv --horizon 6mo",
            "mrr subscriptions.csv",
            "whatif orders.csv --aov +5 --cac 18",
            "audit pitch.yaml orders.csv",
            "benchmark subscriptions.csv",
            "review orders.csv",
        ],
    ),
)
def test_every_answer_can_be_recorded(typed: str) -> None:
    command = typed.partition(" ")[0]
    run = ltv(*typed.split(), "--record", *HISTORY, "--format", "json")
    shown = json.loads(ltv("history", "show", "1", *HISTORY, "--format", "json").stdout)

    assert (run.stderr, run.exit_code) == ("", 0)
    assert shown == json.loads(run.stdout)
    assert [one.command for one in recorded()] == [command]
    with history_file.read(Path("history.db")) as history:
        kinds = set(runs.facts(history, 1))
    kind = "subscriptions" if "subscriptions.csv" in typed else "orders"
    expected = {kind} if ".csv" in typed and command != "mrr" else set()
    assert kinds == expected | ({"periods"} if command == "review" else set())


def test_recording_changes_nothing_of_the_answer() -> None:
    plain = ltv("calc", "orders.csv", "--cac", "18")
    run = ltv("calc", "orders.csv", "--cac", "18", "--record", *HISTORY)

    assert (run.stdout, run.stderr, run.exit_code) == (plain.stdout, "", 0)


def test_nothing_is_recorded_unless_asked() -> None:
    ltv("calc", "orders.csv", *HISTORY)

    assert not Path("history.db").exists()


def test_settings_on_file_can_ask_for_every_run() -> None:
    Path("ltv.yaml").write_text("record: true\nhistory: kept/../history.db\n", "utf-8")
    Path("kept").mkdir()
    ltv("calc", "orders.csv")
    ltv("calc", "orders.csv", "--margin", "45%")

    assert [one.number for one in recorded()] == [1, 2]


def test_a_variable_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTV_HISTORY", "history.db")
    ltv("calc", "orders.csv", "--record")

    assert len(recorded()) == 1
    assert "1 run since" in ltv("history").stdout


def test_the_folder_of_the_user_is_used_where_none_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(here / "data"))
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setenv("LOCALAPPDATA", str(here))
    ltv("calc", "orders.csv", "--record")

    assert [file.name for file in here.rglob("history.db*")] == ["history.db"]
    assert "1 run since" in ltv("history").stdout


@pytest.mark.slow
def test_customers_are_not_recorded(here: Path) -> None:
    listed = "predict orders.csv --horizon 6mo --include-customers --plain-ids"
    run = ltv(*listed.split(), "--record", *HISTORY, "--format", "json")
    document = json.loads(run.stdout)
    customers = [row["customer"] for row in document["tables"]["keep"]]
    with history_file.read(Path("history.db")) as history:
        text = json.dumps([runs.document(history, 1), str(runs.facts(history, 1))])

    assert customers
    assert not [one for one in customers if f'"{one}"' in text]


@pytest.mark.parametrize("name", ["orders.csv", "./orders.csv"])
@pytest.mark.parametrize("content", ["", None], ids=["empty", "with orders"])
def test_a_history_is_never_written_into_an_input(name: str, content: str | None) -> None:
    if content is not None:
        Path("orders.csv").write_text(content, "utf-8")
    before = Path("orders.csv").read_bytes()
    run = ltv("calc", "orders.csv", "--record", "--history", name)

    assert run.exit_code in (2, 3)
    assert Path("orders.csv").read_bytes() == before


def test_a_history_is_not_written_where_the_result_goes() -> None:
    run = ltv("calc", "orders.csv", "--record", *HISTORY, "--out", "history.db", "-f", "md")

    assert run.exit_code == 2
    assert not Path("history.db").exists()


def test_the_result_is_shown_although_it_cannot_be_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ltv("calc", "orders.csv", "--record", *HISTORY)

    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"  # type: ignore[attr-defined]
        raise error

    plain = ltv("calc", "orders.csv", "--cac", "18")
    monkeypatch.setattr(runs, "hashed", full)
    run = ltv("calc", "orders.csv", "--cac", "18", "--record", *HISTORY)

    assert run.stdout == plain.stdout
    assert run.exit_code == 70 or "the disk is full" in run.stderr
    assert len(recorded()) == 1


def test_runs_are_listed_shown_and_forgotten() -> None:
    ltv("calc", "orders.csv", "--cac", "18", "--record", *HISTORY)
    ltv("mrr", "subscriptions.csv", "--record", *HISTORY)
    listed = json.loads(ltv("history", *HISTORY, "--format", "json").stdout)["tables"]["runs"]
    shown = ltv("history", "show", "1", *HISTORY).stdout
    forgotten = ltv("history", "forget", "1", *HISTORY).stdout

    assert [(row["run"], row["command"], row["figure"]) for row in listed] == [
        (1, "calc", "ltv_to_cac"),
        (2, "mrr", "mrr"),
    ]
    assert "ltv calc, recorded 20" in shown
    assert "LTV/CAC" in shown
    assert "run 1 of ltv calc is forgotten; 1 run is left" in forgotten
    assert [one.number for one in recorded()] == [2]


def test_a_long_list_shows_the_newest_runs() -> None:
    with history_file.opened(Path("history.db")) as history:
        from tests.record.histories import run

        for number in range(25):
            runs.add(history, run(settings_hash=str(number)))
    brief, whole = (ltv("history", *HISTORY, *more).stdout for more in ([], ["--verbose"]))

    assert "(+5 rows: --verbose)" in brief
    assert [f" {number} " in brief for number in (5, 6, 25)] == [False, True, True]
    assert " 5 " in whole


def test_a_history_is_exported_in_three_forms() -> None:
    ltv("calc", "orders.csv", "--cac", "18", "--record", *HISTORY)
    for name in ("runs.csv", "runs.json", "runs.sqlite"):
        assert ltv("history", "export", name, *HISTORY).exit_code == 0
    rows = list(csv.DictReader(StringIO(Path("runs.csv").read_text("utf-8"))))
    (run,) = json.loads(Path("runs.json").read_text("utf-8"))["runs"]
    with closing(sqlite3.connect("runs.sqlite")) as connection:
        count = connection.execute("SELECT count(*) FROM runs").fetchone()

    assert count == (1,)
    assert run["document"]["command"] == "calc"
    assert run["settings"] == {"cac": 18.0}
    figures = {row["figure"]: row["value"] for row in rows}
    assert figures["ltv_to_cac"] == str(run["document"]["verdict"]["ltv_to_cac"])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("LTV/CAC", marks=pytest.mark.slow),
        pytest.param("ltv_to_cac", marks=pytest.mark.slow),
        pytest.param("ltv-to-cac", marks=pytest.mark.slow),
    ],
)
def test_a_trend_is_called_by_any_name_of_its_figure(name: str) -> None:
    shutil.copy(small_examples.GOLDEN / "history/history.db", "history.db")
    page = ltv("history", "trend", name, *HISTORY).stdout

    assert "LTV/CAC: Reported and restated" in page
    assert "o reported  x restated  * both" in page
    assert all(len(line) <= 80 for line in page.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "lang", "labels"),
    [
        (
            "history trend ltv_to_cac",
            "en",
            {"Trend": "Trend", "Reason": "Reason", "Restated (95% CI)": "Restated"},
        ),
        ("history trend ltv_to_cac", "ja", {"推移": "推移", "理由": "理由"}),
        ("history show 8", "en", {"Value (95% CI)": "95% CI"}),
        ("history", "en", {"Value (95% CI)": "95% CI", "Newest": "Run"}),
    ],
)
def test_labels_of_a_page_are_defined_as_the_page_uses_them(
    typed: str, lang: str, labels: dict[str, str]
) -> None:
    """Other pages have a trend of cohorts, and reasons why rows are excluded."""
    shutil.copy(Path(__file__).parents[1] / "golden/history/history.db", "history.db")
    page = ltv(*typed.split(), *HISTORY, "--format", "html", "--lang", lang).stdout
    linked = {
        text: place for place, text in re.findall(r'<a[^>]* href="#(d\d+)"[^>]*>(.+?)</a>', page)
    }
    defined = dict(re.findall(r'<\w+ id="?(d\d+)"?><b>(.+?)</', page))

    assert {label: defined[linked[label]] for label in labels} == labels
    assert "Newer vs. older cohorts" not in page


def test_a_trend_that_python_asks_for_is_that_of_the_command() -> None:
    shutil.copy(small_examples.GOLDEN / "history/history.db", "history.db")
    document = json.loads(ltv("history", "trend", "ltv", *HISTORY, "-f", "json").stdout)
    answer = ltvcli.history(path="history.db", trend="ltv")

    assert answer.to_dict() == document
    assert len(answer.to_pandas()) == len(document["tables"]["trend"]) == 11


def test_python_lists_runs_and_shows_one() -> None:
    shutil.copy(small_examples.GOLDEN / "history/history.db", "history.db")

    assert ltvcli.history(path="history.db").runs == 14
    assert ltvcli.history(path="history.db", run=3).document["command"] == "calc"


@pytest.mark.parametrize(
    ("typed", "says"),
    effort.nth(
        3,
        [
            ("remember", "There is no “remember” among the actions of ltv history."),
            ("show", "ltv history show needs one more word."),
            ("trend", "ltv history trend needs one more word."),
            ("trend ltc", "There is no “ltc” among the recorded figures."),
            ("trend ltv --by channel", "No recorded run segments customers by channel."),
            ("show 9", "There is no run 9 in the history."),
            ("show last", "There is no run last in the history."),
            ("forget 99999999999999999999999", "There is no run"),
            ("show 1 2", "The command does not accept “2”."),
            ("export runs.txt", "A history cannot be exported to runs.txt."),
            ("export history.db", "both write to “history.db”"),
        ],
    ),
)
def test_impossible_options_of_history_are_errors(typed: str, says: str) -> None:
    ltv("calc", "orders.csv", "--record", *HISTORY)
    run = ltv("history", *typed.split(), *HISTORY)

    assert says in run.stderr
    assert run.exit_code == 2
    assert len(recorded()) == 1


def test_a_missing_history_suggests_how_to_begin() -> None:
    run = ltv("history", *HISTORY)

    assert "Record a run first: ltv calc orders.csv --record" in run.stderr
    assert run.exit_code == 2
    assert not Path("history.db").exists()
