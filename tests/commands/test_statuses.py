"""Hints of warnings about statuses give the right number."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli.cli import app
from tests import effort

COMMANDS = ["calc", "cohorts", "segments --by channel", "predict", "whatif --margin 40%"]


def orders(path: Path) -> Path:
    """Write 40 customers with two orders of 10.00 each; one in four is with the bank."""
    lines = ["customer id,order id,order date,order total,Order State,channel"]
    for number in range(80):
        day = f"2024-{1 + number // 8:02}-{1 + number % 28:02}"
        state = "with_the BANK" if number % 4 == 0 else "paid"
        lines.append(f"c{number % 40},o{number},{day},10.00,{state},web")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def ask(*words: str) -> Any:
    found = CliRunner().invoke(app, [*words, "--format", "json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def finding(document: Any) -> Any:
    return next((one for one in document["findings"] if one["check"] == "unknown-statuses"), None)


@pytest.mark.parametrize("command", effort.nth(3, COMMANDS))
def test_the_suggested_option_resolves_the_warning(tmp_path: Path, command: str) -> None:
    file = str(orders(tmp_path / "orders.csv"))
    words = shlex.split(command)

    warned = ask(words[0], file, *words[1:])
    excluded = ask(words[0], file, *words[1:], *shlex.split(finding(warned)["option"]))
    paid = ask(words[0], file, *words[1:], *shlex.split(finding(warned)["facts"]["paid"]))

    assert finding(warned)["severity"] == "warning"
    assert finding(warned)["facts"]["revenue"] == 200
    assert finding(warned)["facts"]["rows"] == 20
    assert finding(excluded) is None
    assert excluded["provenance"]["inputs"][0]["set_aside"] == {"excluded-by-user": 20}
    assert finding(paid) is None
    assert paid["provenance"]["inputs"][0]["rows_used"] == 80


def test_audits_take_the_same_options(tmp_path: Path) -> None:
    file = str(orders(tmp_path / "orders.csv"))

    warned = ask("audit", file, "--claim", "customers=40")
    excluded = ask(
        "audit", file, "--claim", "customers=40", "--exclude", "order state=with the bank"
    )

    assert finding(warned) is not None
    assert finding(excluded) is None


def test_python_takes_the_same_options(tmp_path: Path) -> None:
    file = orders(tmp_path / "orders.csv")

    by_words = ltvcli.calc(file, words={"with the bank": "unpaid"})
    by_value = ltvcli.calc(file, exclude="Order State=With the bank")

    assert by_words.figures.net_revenue is not None
    assert by_words.figures.net_revenue.value == 600
    assert by_words.inputs[0].set_aside == {"unpaid": 20}
    assert by_value.figures.net_revenue == by_words.figures.net_revenue


@pytest.mark.slow
def test_mrr_warns_about_unknown_states_and_takes_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.csv"
    file.write_text(
        "customer id,start date,end date,amount,billing interval,status\n"
        "a,2024-01-01,,10.00,month,active\nb,2024-02-01,,10.00,month,Dormant friend\n"
        "c,2024-01-01,2024-03-01,10.00,month,cancelled\n",
        "utf-8",
    )

    warned = ask("mrr", str(file))
    ended = CliRunner().invoke(app, ["mrr", str(file), *shlex.split(finding(warned)["option"])])
    paid = ask("mrr", str(file), *shlex.split(finding(warned)["facts"]["paid"]))

    assert warned["provenance"]["inputs"][0]["set_aside"] == {"unknown-status": 1}
    assert ended.exit_code == 0
    assert finding(paid) is None
    assert paid["provenance"]["inputs"][0]["rows_used"] == 3


def test_options_reach_the_kind_of_file_that_has_the_column(tmp_path: Path) -> None:
    shop = str(orders(tmp_path / "orders.csv"))
    club = tmp_path / "subscriptions.csv"
    rows = [f"c{n},2024-01-{n + 1:02},,10.00,month,active,{n % 2}" for n in range(20)]
    header = "customer id,start date,end date,amount,billing interval,status,Beta"
    club.write_text("\n".join([header, *rows]) + "\n", "utf-8")

    both = ask(
        *("calc", shop, str(club), "--exclude", "Order State=with the bank"),
        *("--exclude", "beta=1", "--status-paid", "paid"),
    )

    inputs = [one["provenance"]["inputs"][0]["set_aside"] for one in both["reports"]]
    assert inputs == [{"excluded-by-user": 20}, {"excluded-by-user": 10}]


@pytest.mark.parametrize(
    ("header", "filled", "blank"),
    [
        ("Return comment", "broken", ""),
        ("Under dispute", "yes", "no"),
        ("異議申立日", "2024-11-02", ""),
    ],
)
def test_the_option_for_doubtful_orders_excludes_them(
    tmp_path: Path, header: str, filled: str, blank: str
) -> None:
    path = orders(tmp_path / "orders.csv")
    text = path.read_text("utf-8").replace("Order State", header)
    path.write_text(text.replace("with_the BANK", filled).replace("paid", blank), "utf-8")

    warned = ask("calc", str(path))
    (doubtful,) = (one for one in warned["findings"] if one["check"] == "doubtful-orders")
    excluded = ask("calc", str(path), *shlex.split(doubtful["option"]))

    assert (doubtful["facts"]["orders"], doubtful["facts"]["revenue"]) == (20, 200)
    assert excluded["provenance"]["inputs"][0]["set_aside"] == {"excluded-by-user": 20}
    assert "doubtful-orders" not in [one["check"] for one in excluded["findings"]]
