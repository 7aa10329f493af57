"""Hints of findings and errors about IDs give the number that they promise."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

pytestmark = pytest.mark.sampled

HEADER = "receipt no,client number,buyer email,purchase date,grand total"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*rows: str, name: str = "sales.csv") -> None:
    Path(name).write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")


def ltv(*typed: str) -> Any:
    done = CliRunner().invoke(app, [*typed, "--format", "json"], prog_name="ltv")
    return json.loads(done.stdout if done.exit_code == 0 else done.stderr)


def finding(report: Any, check: str) -> Any:
    (found,) = [one for one in report["findings"] if one["check"] == check]
    return found


def figure(report: Any, name: str) -> float:
    return float(report["figures"][name]["value"])


def test_the_number_of_customers_by_email_matches_the_finding() -> None:
    write(*(f"R{n},K{n},u{n % 9}@x.example,2024-0{n // 9 + 1}-05,10" for n in range(20)))

    differ = finding(ltv("calc", "sales.csv"), "ids-and-emails-differ")
    report = ltv("calc", "sales.csv", *shlex.split(differ["option"]))

    assert differ["option"] in differ["says"]
    assert "by “buyer email”, 100.0% of 9" in differ["says"]
    assert (figure(report, "customers"), figure(report, "orders")) == (9, 20)


def test_the_revenue_of_guests_by_email_matches_the_finding() -> None:
    guests = (f"G{n},0,g{n % 4}@x.example,2024-02-0{n + 1},12" for n in range(8))
    write(*guests, *(f"R{n},K{n},k{n}@x.example,2024-01-0{n + 1},10" for n in range(5)))

    offer = finding(ltv("calc", "sales.csv"), "guests-with-email")
    report = ltv("calc", "sales.csv", *shlex.split(offer["option"]))

    assert "there are 9 customers and 146 in revenue, by ID 5 and 50" in offer["says"]
    assert (figure(report, "customers"), figure(report, "net_revenue")) == (9, 146)


def test_damaged_customer_ids_are_read_by_email_with_the_suggested_option() -> None:
    write(*(f"R{n},8.1200{n % 2}E+16,k{n}@x.example,2024-01-0{n + 1},10" for n in range(5)))

    error = ltv("calc", "sales.csv")["error"]
    flag = re.search(r'--map customer="[^"]+"', error["hint"])

    assert "8.12000E+16" in error["problem"]
    assert flag
    assert figure(ltv("calc", "sales.csv", *shlex.split(flag[0])), "customers") == 5


@pytest.mark.parametrize("command", ["calc", "cohorts"])
def test_new_since_gives_the_new_customers_of_the_period(command: str) -> None:
    old = (f"A{n},K{n},,2023-{n % 9 + 1:02}-05,10" for n in range(9))
    again = (f"B{n},K{n},,2024-0{n % 3 + 1}-05,10" for n in range(6))
    write(*old, *again, *(f"C{n},N{n},,2024-0{n + 1}-09,10" for n in range(4)))

    by_period = ltv(command, "sales.csv", "--from", "2024-01-01")
    told = finding(by_period, "customers-before-period")
    by_first_order = ltv(command, "sales.csv", *shlex.split(told["option"]))

    assert told["says"].startswith("6 of the 10 customers")
    assert by_first_order.get("tables") == by_period.get("tables")
    assert by_first_order.get("figures") == by_period.get("figures")
    assert not [one for one in by_first_order["findings"] if one["check"] == told["check"]]


@pytest.mark.parametrize("option", ["--to", "--as-of"])
def test_rows_that_the_user_leaves_out_raise_no_warning(option: str) -> None:
    write(*(f"R{n},K{n % 7},,2024-{n % 12 + 1:02}-05,10" for n in range(84)))

    report = ltv("calc", "sales.csv", option, "2024-05-20", "--margin", "50%", "--cac", "2")

    (file,) = report["provenance"]["inputs"]
    assert sum(file["set_aside"].values()) > file["rows_read"] / 2
    assert not [one for one in report["findings"] if one["check"] == "rows-set-aside"]


def test_money_at_stake_in_rows_that_disagree_is_on_the_screen() -> None:
    Path("sales.csv").write_text(
        "receipt no,client number,purchase date,order total\n"
        "R1,K1,2024-01-05,10\nR1,K2,2024-01-05,30\nR2,K3,2024-02-05,7\n"
    )

    done = CliRunner().invoke(app, ["calc", "sales.csv"], prog_name="ltv")

    page = " ".join(done.stdout.split())
    assert "orders whose rows disagree: 1 (customer 1, date 0, total 1)" in page
    assert "add up to 40; 10 is counted" in page
