"""`ltv report board`: who left and why; comments appear only if quotes are asked for."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import LtvError
from tests import effort

pytestmark = pytest.mark.sampled

DAY_0 = date(2024, 1, 1)
REASONS = ("too_expensive", "unused", "missing_features", "")
FORMATS = ("table", "md", "html", "json")
TOKEN = r"qz[ls][a-z]{2}\b"
YAML = """decisions:
  - {decision: Refund plans sold by mistake, owner: Sato, day: 2026-11-30}
"""


def token(number: int, letter: str) -> str:
    """Return a word that no other comment has."""
    return f"qz{letter}{chr(97 + number // 26)}{chr(97 + number % 26)}"


def day(number: int) -> str:
    return (DAY_0 + timedelta(number)).isoformat()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a company of 200 customers, of whom 60 left with a comment that has a unique word."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LTV_HISTORY", str(tmp_path / "history.db"))
    subscriptions = ["customer,email,Customer Name,start,end,amount,interval\n"]
    churn, nps = ["customer,day,reason,feedback,comment\n"], ["email,date,score,comment\n"]
    for number in range(200):
        name, start = f"C{number}", day(number)
        gone = day(430 + 5 * number) if number < 60 else ""
        subscriptions.append(
            f"{name},{name}@example.com,Person{number} Family{number},{start},{gone},"
            f"{100 + number},month\n"
        )
        if gone:
            failed = number % 10 == 9
            churn.append(
                f"{name},{gone},{'payment_failed' if failed else 'cancellation_requested'},"
                f"{'' if failed else REASONS[number % 4]},"
                f"expensive {token(number, 'l')} by Person{number} {name}@example.com "
                f"090-1234-{5000 + number}\n"
            )
        else:
            nps.append(f"{name}@example.com,{day(400)},{number % 11},lovely {token(number, 's')}\n")
    subscriptions.append(f"C999,c999@example.com,Late Comer,{day(720)},,10,month\n")
    Path("subscriptions.csv").write_text("".join(subscriptions), "utf-8")
    Path("churn.csv").write_text("".join(churn), "utf-8")
    Path("nps.csv").write_text("".join(nps), "utf-8")
    Path("ltv.yaml").write_text(YAML, "utf-8")


def board(*typed: str) -> Result:
    files = ("subscriptions.csv", "--survey", "nps.csv", "--cancellations", "churn.csv")
    return CliRunner().invoke(app, ["report", "board", *files, *typed])


@pytest.mark.parametrize("format", effort.nth(4, FORMATS))
def test_without_quotes_no_comment_appears(format: str) -> None:
    for depth in ((), ("--verbose",)) if format == "table" else ((),):
        done = board("--format", format, *depth)

        assert done.exit_code == 0, done.stderr
        assert not re.search(TOKEN, done.stdout)
        assert "expensive" in done.stdout.casefold()


def test_without_quotes_no_comment_is_recorded_or_written_elsewhere(tmp_path: Path) -> None:
    done = board("--out", "board.html")

    assert done.exit_code == 0, done.stderr
    inputs = {"churn.csv", "nps.csv", "subscriptions.csv"}
    for file in tmp_path.iterdir():
        assert file.name in inputs or not re.search(TOKEN.encode(), file.read_bytes())


@pytest.mark.parametrize("format", FORMATS[1:])
def test_quotes_are_the_dearest_three_and_masked(format: str) -> None:
    done = board("--format", format, "--quotes")

    assert done.exit_code == 0, done.stderr
    quoted = [number for number in range(60) if token(number, "l") in done.stdout]
    assert 0 < len(quoted) <= 3 * 5
    assert max(quoted) >= 50
    for number in range(60):
        assert f"Person{number} " not in done.stdout
        assert f"C{number}@example.com" not in done.stdout
    assert "090-1234" not in done.stdout
    assert "[phone]" in done.stdout.replace("\\", "")


def test_the_document_has_reasons_with_money_and_customers_without_one() -> None:
    document = json.loads(board("--format", "json").stdout)
    chapters = {chapter["name"]: chapter for chapter in document["chapters"]}
    tables = chapters["leavers"]["document"]["tables"]

    said = {row["reason"]: row for row in tables["reasons"]}
    assert {"not_said", "payment_failed", "too_expensive", "unused"} <= said.keys()
    lost = {row["group"]: row for row in tables["lost"]}
    assert sum(row["customers"] for row in tables["reasons"]) == lost["all"]["customers"]
    assert lost["involuntary"]["customers"] == said["payment_failed"]["customers"]
    assert lost["all"]["customers"] == (
        lost["voluntary"]["customers"] + lost["involuntary"]["customers"]
    )
    assert sum(row["monthly"] for row in tables["reasons"]) == pytest.approx(lost["all"]["monthly"])
    assert chapters["decisions"]["document"]["tables"]["decisions"] == [
        {"decision": "Refund plans sold by mistake", "owner": "Sato", "day": "2026-11-30"}
    ]


def test_the_pages_are_in_order() -> None:
    page = board("--format", "md").stdout
    titles = [
        "Who left, and why?",
        "What do results and trust show?",
        "What changed, and why?",
        "Which decisions are needed?",
    ]

    assert sorted(titles, key=page.index) == titles


@pytest.mark.slow
def test_rejects_name_the_rows_of_all_files() -> None:
    with Path("churn.csv").open("a", encoding="utf-8") as file:
        file.write(f"C7,soon,,unused,\nX1,{day(500)},,unused,\n,{day(500)},,unused,\n")
    with Path("nps.csv").open("a", encoding="utf-8") as file:
        file.write(f"c150@example.com,{day(401)},11,\n")
    done = board("--rejects", "rejects.csv")
    rows = [line.split(",") for line in Path("rejects.csv").read_text("utf-8").splitlines()[1:]]

    assert done.exit_code == 0, done.stderr
    assert [tuple(row[:3]) for row in rows] == [
        ("churn.csv", "62", "date-not-a-date"),
        ("churn.csv", "63", "customer-unknown"),
        ("churn.csv", "64", "no-customer"),
        ("nps.csv", "142", "score-not-0-to-10"),
    ]


@pytest.mark.slow
def test_orders_have_leavers_too() -> None:
    rows = [
        f"{number}-{order},C{number},{day(7 * number % 300 + 40 * order)},50\n"
        for number in range(80)
        for order in range(1 + number % 8)
    ]
    Path("orders.csv").write_text("order,customer,date,total\n" + "".join(rows), "utf-8")
    done = CliRunner().invoke(app, ["report", "board", "orders.csv", "--lang", "ja"])

    assert done.exit_code == 0, done.stderr
    assert "離脱" in done.stdout


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["report", "monthly", "subscriptions.csv", "--quotes"], "--quotes"),
        (["report", "monthly", "subscriptions.csv", "--cancellations", "churn.csv"], "board"),
        (["report", "board", "subscriptions.csv", "--quotes"], "--cancellations"),
    ],
)
def test_options_that_have_no_use_are_refused(typed: list[str], words: str) -> None:
    done = CliRunner().invoke(app, typed)

    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.slow
def test_python_gives_the_same_report() -> None:
    answer = ltvcli.report(
        "board", "subscriptions.csv", survey="nps.csv", cancellations="churn.csv", quotes=True
    )

    assert answer.to_text("md") == board("--quotes", "--format", "md").stdout
    with pytest.raises(LtvError, match="comments"):
        ltvcli.report("board", "subscriptions.csv", quotes=True)
