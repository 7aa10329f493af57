"""`ltv report`: the answers of commands together, each as the command gives it alone."""

from __future__ import annotations

import json
import shlex
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from ltvcli import registry
from ltvcli.choices import COMPILATIONS
from ltvcli.cli import app
from ltvcli.pipeline import compilations
from ltvcli.read.files import open_files
from tests import small_examples

SHOP = "orders.csv --spend spend.csv --margin 55%"
SAAS = "subscriptions.csv --cac 450 --margin 80%"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_examples.write(tmp_path)
    monkeypatch.setenv("LTV_HISTORY", "history.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ltv(command: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, shlex.split(command), input=stdin, prog_name="ltv")


def document(command: str) -> dict[str, Any]:
    done = ltv(f"{command} --format json")
    assert done.exit_code == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def chapters(command: str) -> dict[str, dict[str, Any]]:
    return {chapter["name"]: chapter for chapter in document(command)["chapters"]}


@pytest.mark.parametrize(
    ("report", "alone"),
    [
        (
            f"monthly {SHOP}",
            {
                "calc": f"calc {SHOP}",
                "review": f"review {SHOP}",
                "cohorts": f"cohorts {SHOP}",
                "segments": f"segments {SHOP} --by channel",
                "predict": f"predict {SHOP}",
            },
        ),
        pytest.param(
            f"monthly {SAAS}",
            {
                "calc": f"calc {SAAS}",
                "review": f"review {SAAS}",
                "cohorts": f"cohorts {SAAS}",
                "segments": f"segments {SAAS} --by plan",
                "mrr": "mrr subscriptions.csv",
                "predict": f"predict {SAAS}",
            },
            marks=pytest.mark.slow,
        ),
        pytest.param(
            f"investor {SAAS} --pitch pitch.yaml",
            {
                "calc": f"calc {SAAS}",
                "cohorts": f"cohorts {SAAS}",
                "retention": f"cohorts {SAAS} --metric retention",
                "mrr": "mrr subscriptions.csv",
                "audit": "audit pitch.yaml subscriptions.csv",
            },
            marks=pytest.mark.slow,
        ),
    ],
)
def test_every_answer_is_that_of_its_command(report: str, alone: dict[str, str]) -> None:
    made = chapters(f"report {report}")

    assert list(made) == list(alone)
    for name, command in alone.items():
        # What was typed differs, and with it what is typed next.
        expected = document(command) | {"next_command": None}
        assert made[name]["missing"] is None
        assert made[name]["document"] | {"next_command": None} == expected


def test_files_are_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    opening = open_files.open_all

    def counted(*given: Any, **named: Any) -> Any:
        opened.append(given[0])
        return opening(*given, **named)

    monkeypatch.setattr(open_files, "open_all", counted)
    assert ltv("report monthly orders.csv --margin 55%").exit_code == 0
    assert opened == [["orders.csv"]]


@pytest.mark.slow
def test_standard_input_is_enough_for_every_question() -> None:
    done = ltv("report monthly - --margin 55%", Path("orders.csv").read_bytes())

    assert done.exit_code == 0, done.stderr
    assert "How much will existing customers bring?" in done.stdout


def test_an_unanswerable_question_is_shown_with_its_reason() -> None:
    Path("week.csv").write_text(
        "customer,date,total\n"
        + "".join(f"c{n % 9},2026-01-{1 + n % 20:02},{20 + n}\n" for n in range(60)),
        "utf-8",
    )
    made = chapters("report monthly week.csv")

    assert list(made) == ["calc", "review", "cohorts", "segments", "predict"]
    reasons = {name: chapter["missing"] for name, chapter in made.items() if chapter["missing"]}
    assert "predict" in reasons
    assert all(reason.count(". ") == 0 and reason.endswith(".") for reason in reasons.values())
    page = ltv("report monthly week.csv --format html").stdout
    assert f'<p class="missing">{reasons["predict"]}</p>' in page
    assert reasons["predict"] in ltv("report monthly week.csv --format md").stdout


def test_orders_and_subscriptions_together_answer_what_both_can() -> None:
    made = chapters("report monthly orders.csv subscriptions.csv --margin 55%")

    assert made["calc"]["document"]["reports"]
    assert made["mrr"]["missing"] == "ltv mrr takes either orders or subscriptions, not both."


@pytest.mark.slow
def test_a_history_is_followed_where_there_is_one() -> None:
    for day in ("2026-08-31", "2026-09-30", "2026-10-31"):
        assert ltv(f"calc {SHOP} --as-of {day} --record").exit_code == 0
    made = chapters(f"report investor {SHOP}")
    alone = document("history trend ltv orders.csv")

    assert made["trend"]["document"]["tables"] == alone["tables"]
    assert made["trend_of_ratio"]["document"]["tables"]["trend"]
    assert "trend" not in chapters(f"report monthly {SHOP}")


@pytest.mark.slow
def test_a_workbook_holds_every_answer() -> None:
    done = ltv(f"report investor {SAAS} --out room.xlsx")
    assert done.exit_code == 0, done.stderr
    book = openpyxl.load_workbook("room.xlsx", data_only=True)
    live = {"Summary", "Inputs", "Data", "Calculation", "Triangle", "Cohorts", "MRR", "Checks"}
    assert live <= set(book.sheetnames)
    assert {row[3] for row in book["Checks"].iter_rows(min_row=4, values_only=True)} == {True, None}


@pytest.mark.slow
def test_a_workbook_of_calc_has_cohorts_segments_and_mrr() -> None:
    done = ltv(f"calc {SAAS} --out ltv.xlsx")
    assert done.exit_code == 0, done.stderr
    names = openpyxl.load_workbook("ltv.xlsx", read_only=True).sheetnames
    assert names[2:8] == ["Data", "Calculation", "Triangle", "Cohorts", "Segments", "MRR"]


@pytest.mark.slow
def test_a_recorded_report_records_the_runs_of_its_answers() -> None:
    kept: dict[str, Any] = {}
    for name, commands in {
        "report": [f"report monthly {SHOP}"],
        "alone": [
            f"calc {SHOP}",
            f"review {SHOP}",
            f"cohorts {SHOP}",
            f"segments {SHOP} --by channel",
            f"predict {SHOP}",
        ],
    }.items():
        for command in commands:
            done = ltv(f"{command} --record --history {name}.db --format json")
            assert done.exit_code == 0, done.stderr
        with sqlite3.connect(f"{name}.db") as history:
            runs = "SELECT command, fingerprint, settings FROM runs ORDER BY number"
            facts = "SELECT run, kind, packed FROM facts ORDER BY run, kind"
            kept[name] = [history.execute(query).fetchall() for query in (runs, facts)]
    assert kept["report"] == kept["alone"]
    assert [run[0] for run in kept["report"][0]] == [
        "calc", "review", "cohorts", "segments", "predict",
    ]  # fmt: skip


@pytest.mark.slow
def test_recording_does_not_change_the_page() -> None:
    typed = "report monthly orders.csv --margin 55% --history empty.db --format html"
    plain = ltv(typed).stdout
    assert ltv(f"{typed} --record").stdout.replace(" --record", "") == plain


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("report", 2, "needs the name of a report: "),
        ("report yearly orders.csv", 2, "yearly"),
        ("report orders.csv", 2, "needs the name of a report: "),
        ("report board orders.csv subscriptions.csv", 2, "not both"),
        ("report monthly", 2, "report monthly orders.csv"),
        ("report monthly nowhere.csv", 3, "nowhere.csv"),
        ("report monthly orders.csv --by shoe", 2, "shoe"),
        ("report monthly orders.csv --format csv", 2, "--format html, md, json or xlsx"),
        ("report monthly orders.csv --format xlsx", 2, "--out ltv.xlsx"),
        ("report investor orders.csv --pitch nowhere.yaml", 3, "nowhere.yaml"),
    ],
)
def test_a_mistyped_report_is_an_error_with_nothing_on_stdout(
    typed: str, code: int, words: str
) -> None:
    done = ltv(typed)

    assert (done.exit_code, done.stdout) == (code, "")
    assert words in done.stderr


def test_the_choices_are_the_files() -> None:
    assert registry.names(compilations) == COMPILATIONS


@pytest.mark.parametrize("name", COMPILATIONS)
def test_a_compilation_names_each_question_once(name: str) -> None:
    questions = registry.load(compilations, name).QUESTIONS

    assert len({question.name for question in questions}) == len(questions) > 1


@pytest.mark.slow
def test_the_file_that_is_offered_next_can_be_made() -> None:
    offered = document(f"report monthly {SHOP}")["next_command"]
    done = ltv(offered.removeprefix("ltv "))

    assert done.exit_code == 0, done.stderr
    assert Path("monthly.html").read_text("utf-8").startswith("<!DOCTYPE html>")
