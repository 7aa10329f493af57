"""`ltv risk` from a file to the page, by the command line and by Python."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.analyses.risk import models
from ltvcli.cli import app
from ltvcli.errors import RiskExtraError
from tests import effort
from tests.skipped import NO_DATA

pytestmark = pytest.mark.sampled

ROOT = Path(__file__).parents[2]
BANK = ROOT.parent / "shared/data/bank_churn/bank_churn.csv"
CUSTOMERS = ROOT / "examples/risk/customers.csv"
SUBSCRIPTIONS = ROOT / "examples/risk/subscriptions.csv"
DECLINED = ROOT / "examples/risk/declined.csv"
PIPELINE = ROOT / "examples/risk/pipeline.csv"
EVENTS = ROOT / "examples/risk/events.csv"
ASKED = ("--customers", CUSTOMERS, "--outcome", "churned")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, ["risk", *map(str, typed)], prog_name="ltv")


def document(*typed: object) -> Any:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(not BANK.exists(), reason=NO_DATA)
def test_customers_of_a_bank() -> None:
    """Out of fold, as published comparisons have it."""
    found = document("--customers", BANK, "--outcome", "Exited")
    records = {row["model"]: row for row in found["tables"]["record"]}
    (chosen,) = (row for row in records.values() if row["chosen"])

    assert chosen["model"] == "boosting"
    assert (chosen["customers"], chosen["left"]) == (10_000, 2037)
    assert chosen["auc"] >= 0.86
    assert chosen["brier"] <= 0.103
    assert 0.95 <= chosen["slope"] <= 1.08
    assert chosen["brier_base"] == pytest.approx(0.2037 * 0.7963, abs=1e-6)
    assert records["logistic"]["auc"] == pytest.approx(0.850, abs=0.005)
    checks = {finding["check"] for finding in found["findings"]}
    assert {"protected-columns", "snapshot"} <= checks


def test_the_record_comes_first() -> None:
    done = ltv(*ASKED)

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Score ")
    assert "AUC" in done.stdout.splitlines()[0]
    assert len(done.stdout.split("\n\n")[0].splitlines()) <= 5


def test_the_simulated_customers_of_the_example() -> None:
    found = document(*ASKED)
    (chosen,) = (row for row in found["tables"]["record"] if row["chosen"])
    because = {row["column"]: row["because"] for row in found["tables"]["columns"]}

    assert chosen["auc"] == pytest.approx(0.77, abs=0.02)
    assert chosen["slope_low"] < 1 < chosen["slope_high"]
    assert chosen["skill_low"] > 0
    assert chosen["lift_top_tenth_low"] > 1.5
    assert because["cancel_reason"] is not None
    assert sum(row["customers"] for row in found["tables"]["calibration"]) == chosen["customers"]


@pytest.mark.slow
def test_a_column_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = document(*ASKED)
    _, *typed = shlex.split(before["next_command"])
    monkeypatch.chdir(tmp_path)
    assert "--without" in typed
    after = CliRunner().invoke(app, [*typed, "--format", "json"], prog_name="ltv")
    found = json.loads(after.stdout)

    assert "protected-columns" not in {finding["check"] for finding in found["findings"]}
    assert {row["because"] for row in found["tables"]["columns"]} >= {"without"}


@pytest.mark.slow("two programs more; the number of threads is held in tests/analyses/risk, too")
def test_the_number_of_threads_changes_no_byte(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    lines = CUSTOMERS.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:1201]), "utf-8")
    typed = ["risk", "--customers", str(file), "--outcome", "churned", "--format", "json"]
    here = ltv(*typed[1:]).stdout
    for threads in ("1", "2"):
        environ = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        command = [sys.executable, "-m", "ltvcli", *typed]
        ran = subprocess.run(command, capture_output=True, check=True, env=environ, cwd=ROOT)

        assert ran.stdout.decode() == here, threads


def test_without_scikit_learn_the_error_suggests_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(RiskExtraError):
        models.require()
    done = ltv(*ASKED)

    assert done.exit_code == 2
    assert "pip install 'ltvcli[risk]'" in done.stderr


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ((), "--outcome churned"),
        (("--customers", CUSTOMERS), "--outcome churned"),
        (("--customers", CUSTOMERS, "--outcome", "chrned"), "churned"),
        (("--customers", CUSTOMERS, "--outcome", "plan"), "plan="),
        ((*ASKED, "--without", "nothing"), "plan"),
    ],
)
def test_unusable_input_has_a_hint(typed: tuple[object, ...], hint: str) -> None:
    done = ltv(*typed)

    assert done.exit_code == 2
    assert hint in done.stderr.split("Hint", 1)[1]


def test_python_and_the_command_line_agree() -> None:
    found = document(*ASKED)["tables"]
    frame = pd.read_csv(CUSTOMERS)
    answer = ltvcli.risk(customers=frame, outcome="churned")

    assert answer.to_dict()["tables"] == found
    assert list(answer.to_pandas()["chance"]) == [row["chance"] for row in found["customers"]]


@pytest.mark.parametrize("format", effort.nth(2, ["md", "html", "csv", "table"]))
def test_every_format_in_japanese(format: str) -> None:
    done = ltv(*ASKED, "--format", format, "--lang", "ja")

    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_run_can_be_recorded(tmp_path: Path) -> None:
    history = tmp_path / "history.db"
    done = ltv(*ASKED, "--record", "--history", history)
    show = ["history", "show", "1", "--history", str(history), "--format", "json"]
    shown = json.loads(CliRunner().invoke(app, show).stdout)

    assert (done.exit_code, done.stderr) == (0, "")
    assert len(shown["tables"]["record"]) == 4


FILES = (SUBSCRIPTIONS, "--customers", CUSTOMERS)


@pytest.mark.slow
def test_prospects_are_scored_by_what_later_customers_did() -> None:
    money = ("--cac", "500", "--margin", "80%", "--without", "owner_age")
    found = document(*FILES, "--prospects", PIPELINE, *money)
    rows = {row["prospect"]: row for row in found["tables"]["prospects"]}
    words = {row["word"] for row in rows.values()}

    assert len(rows) == 40
    assert words == {"high", "watch", "fit", "unknown"}
    assert rows["D040"]["word"] == "unknown"
    assert rows["D040"]["because"] == "employees 900"
    for row in rows.values():
        if row["chance"] is not None:
            assert row["low"] <= row["chance"] <= row["high"]
            assert row["expected_low"] <= row["expected"] <= row["expected_high"]
    cutoffs = [row["cutoff"] for row in found["tables"]["record"] if row["chosen"]]
    assert cutoffs[0] is None
    assert len(cutoffs) == 5
    assert "snapshot" not in {finding["check"] for finding in found["findings"]}
    because = {row["column"]: row["because"] for row in found["tables"]["columns"]}
    assert because["churned"] == "named-like-outcome"


@pytest.mark.slow
def test_what_declining_saved() -> None:
    money = ("--cac", "500", "--margin", "80%", "--without", "owner_age")
    found = document(*FILES, "--declined", DECLINED, *money)
    figures, tables = found["figures"], found["tables"]
    total, *owners = tables["saved"]

    for name in ("avoided", "forgone", "net_saved"):
        assert figures[name]["value"] == total[name] == pytest.approx(sum(r[name] for r in owners))
        assert figures[name]["low"] <= figures[name]["value"] <= figures[name]["high"]
    assert total["net_saved"] == pytest.approx(total["avoided"] - total["forgone"])
    saved = [row["saved"] for row in tables["declined"]]
    assert sum(saved) == pytest.approx(total["net_saved"])
    assert all(row["saved"] == -row["expected"] for row in tables["declined"])
    assert {row["owner"] for row in owners} == {"Aoki", "Bauer", "Costa", "Dubois"}
    assert total["declined"] == len(saved) == 60
    assert "declined-have-no-outcome" in {finding["check"] for finding in found["findings"]}


def test_files_and_an_outcome_contradict_each_other() -> None:
    done = ltv(*FILES, "--outcome", "churned")

    assert done.exit_code == 2
    assert "--outcome" in done.stderr


ORDERS = ROOT / "examples/shop/orders.csv"


def test_call_list_and_effect_of_the_last_calls(tmp_path: Path) -> None:
    calls = tmp_path / "call-list.csv"
    done = ltv(ORDERS, "--as-of", "2026-06-30", "--plain-ids", "--out", calls)
    assert done.exit_code == 0, done.stderr
    listed = pd.read_csv(calls)
    found = document(ORDERS, "--last", calls)
    said = {line["label"]: line["facts"] for line in found["says"] if line["label"]}

    assert set(listed["arm"]) == {"call", "control"}
    assert listed["at_stake"].is_monotonic_decreasing
    assert (listed["silence"] > listed["usual_gap"] - 1).all()
    last = said["Last list"]
    assert last["called"] + last["control"] == len(listed)
    assert last["control"] == (listed["arm"] == "control").sum()
    orders = pd.read_csv(ORDERS)
    days = pd.to_datetime(orders["Created at"].str[:10])
    since = orders[(days > "2026-06-30") & (days <= "2026-09-28")]["Email"].str.lower()
    called = listed[listed["arm"] == "call"]["customer"]
    assert last["back"] == pytest.approx(called.isin(set(since)).mean(), abs=0.02)
    (record,) = (row for row in found["tables"]["record"] if row["chosen"])
    assert record["model"] == "silence"
    assert all(row["customer"].startswith("c") for row in found["tables"]["customers"])


def test_a_file_that_is_no_call_list_is_refused() -> None:
    done = ltv(ORDERS, "--last", CUSTOMERS)

    assert done.exit_code == 2
    assert "--out call-list.csv" in done.stderr


@pytest.mark.slow
def test_call_list_of_subscribers_and_effect_of_the_last_calls(tmp_path: Path) -> None:
    calls = tmp_path / "call-list.csv"
    day = "2026-08-02"
    done = ltv(SUBSCRIPTIONS, "--as-of", day, "--plain-ids", "--out", calls)
    assert done.exit_code == 0, done.stderr
    listed = pd.read_csv(calls)
    found = document(SUBSCRIPTIONS, "--last", calls, "--margin", "50%")
    said = {line["label"]: line["facts"] for line in found["says"] if line["label"]}

    assert listed["at_stake"].is_monotonic_decreasing
    assert (listed["low"] <= listed["chance"]).all()
    assert (listed["chance"] <= listed["high"]).all()
    ends = pd.read_csv(SUBSCRIPTIONS).set_index("customer_id")["end_date"]
    called = listed[listed["arm"] == "call"]["customer"]
    stayed = ends[called].isna() | (ends[called] > "2026-10-31")
    last = said["Last list"]
    assert last["called"] + last["control"] == len(listed)
    assert last["back"] == pytest.approx(stayed.mean())
    rows = found["tables"]["customers"]
    assert all(row["customer"].startswith("c") and row["owner"] is None for row in rows)
    assert all(row["due"] == "2026-11-07" for row in rows)
    (record,) = (row for row in found["tables"]["record"] if row["chosen"])
    assert record["cutoff"] == day
    assert record["lift_top_tenth_low"] > 1


SUPPLIES = ROOT / "examples/risk/orders.csv"


def test_opportunities_of_the_example() -> None:
    """Of practices that begin with a card terminal, half buy receipt paper next."""
    found = document(SUPPLIES, "--opportunities")
    tables = found["tables"]
    (pair,) = tables["next_products"]
    (record,) = tables["next_products_record"]
    (chosen,) = (row for row in tables["expansion_record"] if row["chosen"])

    assert (pair["product"], pair["next"]) == ("Card terminal", "Receipt paper")
    assert pair["share_low"] < 0.5 < pair["share_high"]
    assert pair["p"] <= pair["p_holm"] < 0.001
    assert pair["offers"] == len(tables["offers"])
    assert record["lift_top_tenth_low"] > 1
    assert chosen["lift_top_tenth_low"] > 1
    assert record["cutoff"] == chosen["cutoff"] == "2026-08-02"
    listed = [row["customer"] for name in ("offers", "expansion") for row in tables[name]]
    assert listed
    assert all(name.startswith("c") for name in listed)
    plain = document(SUPPLIES, "--opportunities", "--plain-ids")["tables"]
    assert {row["customer"][0] for row in plain["expansion"]} == {"P"}


@pytest.mark.slow
def test_opportunities_by_python_and_by_a_named_column(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    text = SUPPLIES.read_text("utf-8").replace("product", "Artikel <b>", 1)
    file.write_text(text, "utf-8")
    unnamed = ltvcli.risk(file, opportunities=True)
    named = ltvcli.risk(file, opportunities=True, map={"product": "Artikel <b>"})
    usual = ltvcli.risk(SUPPLIES, opportunities=True)

    assert unnamed.next_products == ()
    assert "no column names the product" in unnamed.to_text()
    assert named.next_products == usual.next_products
    assert len(usual.next_products) == 1


def test_subscriptions_have_no_next_product() -> None:
    found = document(SUBSCRIPTIONS, "--opportunities")

    assert found["tables"]["next_products"] == []
    assert found["tables"]["expansion"] == []  # of all customers no MRR grew


@pytest.mark.parametrize("format", effort.nth(2, ["md", "html", "csv", "table"]))
def test_opportunities_in_every_format_in_japanese(format: str) -> None:
    done = ltv(SUPPLIES, "--opportunities", "--format", format, "--lang", "ja")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Receipt paper" in done.stdout


def test_opportunities_need_files() -> None:
    done = ltv("--opportunities", "--customers", CUSTOMERS)

    assert done.exit_code == 2


def workbook(folder: Path, *typed: object) -> dict[str, list[dict[str, Any]]]:
    """Write a workbook, and return the rows of each sheet below its headers."""
    out = folder / "risk.xlsx"
    done = ltv(*typed, "--out", out)
    assert done.exit_code == 0, done.stderr
    tables = {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(out)}
    return {
        name: [dict(zip(rows[2], row, strict=True)) for row in rows[4:] if row[0] is not None]
        for name, rows in tables.items()
        if len(rows) > 4
    }


@pytest.mark.slow
def test_a_workbook_of_prospects_and_of_what_declining_saved(tmp_path: Path) -> None:
    scored = ("--prospects", PIPELINE, "--declined", DECLINED, "--cac", "500")
    asked = (*FILES, *scored, "--margin", "80%", "--without", "owner_age")
    book, found = workbook(tmp_path, *asked), document(*asked)["tables"]
    prospects, declined = book["Prospects (95% CI)"], book["Declined prospects (95% CI)"]

    assert [row["Prospect"] for row in prospects] == [row["prospect"] for row in found["prospects"]]
    assert [row["Chance of leaving"] for row in prospects[:-1]] == pytest.approx(
        [row["chance"] for row in found["prospects"][:-1]]
    )
    assert [row["Saved"] for row in declined] == pytest.approx(
        [row["saved"] for row in found["declined"]]
    )
    total, *owners = book["What declining saved (95% CI)"]
    assert total["Owner"] == "All"
    assert total["Net saved"] == pytest.approx(sum(row["Net saved"] for row in owners))
    assert total["Net saved"] == pytest.approx(sum(row["Saved"] for row in declined))


def test_the_workbook_of_a_call_list_has_a_column_for_owners(tmp_path: Path) -> None:
    listed = workbook(tmp_path, ORDERS)["Whom to call, by value at stake"]
    found = document(ORDERS)["tables"]["customers"]

    assert [row["At stake"] for row in listed] == pytest.approx([row["at_stake"] for row in found])
    assert {row["Owner"] for row in listed} == {None}
    assert {row["Call by"] for row in listed} == {found[0]["due"]}
    assert [row["Arm"] for row in listed] == [row["arm"] for row in found]


@pytest.mark.slow
def test_a_workbook_of_opportunities(tmp_path: Path) -> None:
    book = workbook(tmp_path, SUPPLIES, "--opportunities")
    (pair,) = book["Next product within 90 days of…"]

    assert (pair["First order with"], pair["Next product"]) == ("Card terminal", "Receipt paper")
    assert pair["To offer"] == len(book["What to offer next"])
    assert len(book["Who is likely to move up"]) > 30  # more than the screen shows


TODAY = (*FILES, "--without", "owner_age")


@pytest.fixture(scope="module")
def today() -> ltvcli.RiskAnswer:
    return ltvcli.risk(SUBSCRIPTIONS, customers=CUSTOMERS, without=["owner_age"], lang="en")


@pytest.mark.slow
def test_todays_customers_come_after_their_record(today: ltvcli.RiskAnswer) -> None:
    found = today.to_dict()
    rows, record = found["tables"]["customers"], found["tables"]["customers_record"]
    (chosen,) = (row for row in record if row["chosen"])

    assert [line["label"] for line in found["says"]][1:3] == ["Today", "Risk"]
    assert chosen["cutoff"] == "2026-08-02"
    assert chosen["lift_top_tenth_low"] > 1
    assert {row["word"] for row in rows} == {"high", "watch", "low"}
    assert [row["at_stake"] for row in rows] == sorted(
        (row["at_stake"] for row in rows), reverse=True
    )
    for row in rows:
        assert row["low"] <= row["chance"] <= row["high"]
    assert all(row["customer"].startswith("c") for row in rows)
    plain = document(*TODAY, "--plain-ids")["tables"]["customers"]
    subscriptions = pd.read_csv(SUBSCRIPTIONS)
    there = set(subscriptions[subscriptions["end_date"].isna()]["customer_id"])
    assert {row["customer"] for row in plain} == there
    assert [row["chance"] for row in plain] == [row["chance"] for row in rows]


@pytest.mark.slow
def test_todays_customers_in_every_format(today: ltvcli.RiskAnswer, tmp_path: Path) -> None:
    names = [row["customer"] for row in today.to_dict()["tables"]["customers"]]
    screen, html = today.to_text(), today.to_text("html", lang="ja")
    book = workbook(tmp_path, *TODAY)
    listed = next(rows for name, rows in book.items() if name.startswith("Today"))

    assert list(today.to_pandas()["customer"]) == names
    assert list(pd.read_csv(io.StringIO(today.to_text("csv")))["customer"]) == names
    assert [row["Customer"] for row in listed] == names
    assert names[29] in screen
    assert names[30] not in screen
    assert names[200] in html
    assert "現在の顧客" in html


@pytest.mark.slow
def test_customers_of_a_snapshot_who_have_not_left() -> None:
    rows = document(*ASKED, "--plain-ids")["tables"]["customers"]
    frame = pd.read_csv(CUSTOMERS)
    chances = [row["chance"] for row in rows]

    assert {row["customer"] for row in rows} == set(frame[frame["churned"] == 0]["customer_id"])
    assert {row["at_stake"] for row in rows} == {None}
    assert chances == sorted(chances, reverse=True)


@pytest.mark.slow
def test_todays_customers_of_orders() -> None:
    asked = (SUPPLIES, "--customers", CUSTOMERS, "--without", "owner_age", "--without", "churned")
    rows = document(*asked, "--plain-ids")["tables"]["customers"]
    orders = pd.read_csv(SUPPLIES)
    recent = orders[orders["order_date"] > "2026-08-02"]

    assert {row["customer"] for row in rows} == set(recent["customer_id"])


@pytest.mark.parametrize("typed", [("--prospects", PIPELINE), ("--outcome", "below-zero")])
def test_prospects_and_below_zero_list_no_customers(typed: tuple[object, ...]) -> None:
    assert "customers" not in document(*TODAY, *typed, "--cac", "500")["tables"]


def test_files_with_a_short_history_are_reported() -> None:
    done = ltv(*TODAY, "--as-of", "2024-12-15", "--within", "1mo")

    assert done.exit_code == 0, done.stderr
    assert "at least 270 days" in " ".join(done.stdout.split())


def test_long_after_the_last_order_all_customers_are_inactive() -> None:
    found = document(SUPPLIES, "--as-of", "2199-12-31")

    assert found["tables"]["customers"] == []
    assert {row["skill"] for row in found["tables"]["record"]} == {0.0}
