"""`ltv risk --events` from a file to the page, by the command line and by Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app

EXAMPLE = Path(__file__).parents[2] / "examples/risk"
CUSTOMERS, EVENTS = EXAMPLE / "customers.csv", EXAMPLE / "events.csv"
SUBSCRIPTIONS = EXAMPLE / "subscriptions.csv"
ASKED = (SUBSCRIPTIONS, "--customers", CUSTOMERS, "--without", "owner_age")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, ["risk", *map(str, typed)], prog_name="ltv")


@pytest.fixture(scope="module")
def found() -> Any:
    done = ltv(*ASKED, "--events", EVENTS, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_planted_behaviour_is_found_and_comes_first_in_words(found: Any) -> None:
    short, long = found["tables"]["behaviour"]

    assert (short["days"], long["days"]) == (14, 30)
    assert short["adds"] is long["adds"] is True
    assert long["difference_low"] > 0
    label, text = (found["says"][1][key] for key in ("label", "says"))
    assert label == "Early behaviour"
    assert text.startswith("adds to what was known at signing")


def test_every_event_is_accounted_for(found: Any) -> None:
    (log,) = (file for file in found["provenance"]["inputs"] if file["kind"] == "events")
    lines = EVENTS.read_text("utf-8").splitlines()[1:]

    assert log["rows_read"] == len(lines) == log["rows_used"] + sum(log["set_aside"].values())
    assert log["set_aside"] == {"anonymous": sum(line.startswith(",") for line in lines)}
    pooled = found["tables"]["early_events"][-1]
    assert (pooled["event"], pooled["names"]) == (None, 2)


@pytest.mark.slow
def test_without_a_log_nothing_changes(found: Any) -> None:
    done = ltv(*ASKED, "--format", "json")
    before = json.loads(done.stdout)

    assert before["tables"]["record"] == found["tables"]["record"]
    assert "behaviour" not in before["tables"]


@pytest.mark.slow
def test_unrelated_behaviour_is_reported_as_adding_nothing(tmp_path: Path) -> None:
    """The logs of other customers: the IDs of the events, turned by half."""
    log = pd.read_csv(EVENTS, dtype=str).dropna()
    number = (log["user_id"].str[1:].astype(int) + 1199) % 2400 + 1
    starts = pd.read_csv(CUSTOMERS, dtype=str).set_index("customer_id")["signed"]
    theirs = number.map(lambda n: f"P{n:04}")
    lag = pd.to_datetime(log["timestamp"]) - pd.to_datetime(log["user_id"].map(starts))
    log["timestamp"] = (pd.to_datetime(theirs.map(starts)) + lag).astype(str)
    log["user_id"] = theirs
    report = ltvcli.risk(SUBSCRIPTIONS, customers=CUSTOMERS, without=["owner_age"], events=log)

    assert [row.adds for row in report.behaviour] == [False, False]
    assert "not shown to add" in report.to_text("md")


def test_excluded_events_are_written(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    few = CUSTOMERS.read_text("utf-8").splitlines(keepends=True)[:400]
    customers.write_text("".join(few), "utf-8")
    log = tmp_path / "events.csv"
    log.write_text("who,when,event\nP0001,2024-07-02,a\n,2024-07-02,a\nX,2024-07-02,a\n", "utf-8")
    rejects = tmp_path / "rejects.csv"
    named = ("--map", "event_customer=who", "--map", "event_day=when")
    typed = (SUBSCRIPTIONS, "--customers", customers, "--events", log, *named)
    done = ltv(*typed, "--rejects", rejects)

    assert done.exit_code == 0, done.stderr
    assert "not tested" in done.stdout
    assert rejects.read_text("utf-8").splitlines()[1:] == [
        f"{log},3,anonymous,,2024-07-02,a",
        f"{log},4,customer-unknown,X,2024-07-02,a",
    ]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (("--customers", CUSTOMERS, "--outcome", "churned"), "subscriptions"),
        ((SUBSCRIPTIONS,), "--customers customers.csv"),
    ],
)
def test_wrong_options_beside_events_are_errors_with_a_hint(
    typed: tuple[object, ...], hint: str
) -> None:
    done = ltv(*typed, "--events", EVENTS)

    assert done.exit_code == 2
    assert hint in done.stderr


def test_a_log_that_is_given_as_orders_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "export.csv"
    log.write_text("event,time,distinct_id,$insert_id\na,1767607200,C1,i1\n", "utf-8")
    done = CliRunner().invoke(app, ["calc", str(log)], prog_name="ltv")

    assert done.exit_code == 3
    assert "--events" in done.stderr


@pytest.mark.slow
def test_most_customers_without_events_are_a_finding(tmp_path: Path) -> None:
    log = tmp_path / "events.csv"
    head, *lines = EVENTS.read_text("utf-8").splitlines()
    kept = [line for line in lines if line[4:5] in "012"]  # by the last digit of the ID
    log.write_text("\n".join([head, *kept]), "utf-8")
    orders = EXAMPLE / "orders.csv"
    report = ltvcli.predict(orders, events=log)
    (finding,) = (one for one in report.findings if one.check == "customers-without-events")

    assert finding.says.facts["without"].value > 0.6 * finding.says.facts["customers"].value  # type: ignore[union-attr]
    assert "--map event_customer=COLUMN" in " ".join(report.to_text().split())
