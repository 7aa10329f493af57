"""`ltv mrr` from files to the page, by the command line and by Python."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import ContradictionError, NotAChoiceError
from ltvcli.read.subscriptions import customer_keys

SAAS = Path(__file__).parents[2] / "examples/saas/subscriptions.csv"
GOLDEN = Path(__file__).parents[1] / "golden/mrr/subscriptions.csv"
WON, LOST = ("new", "expansion", "reactivation"), ("contraction", "churn")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in typed])


def document(*typed: object) -> Any:
    done = ltv("mrr", *typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def example() -> Any:
    return document(SAAS, "--by", "plan")


def exact(row: dict[str, Any], key: str) -> Decimal:
    """Money of twelve months, which has two decimals in this file."""
    return round(12 * Decimal(repr(row[key])), 2)


def test_movements_add_up_to_the_close_and_go_on_from_month_to_month(example: Any) -> None:
    months = example["tables"]["movements"]

    assert len(months) == 30
    for before, row in zip([None, *months], months, strict=False):
        won = sum(exact(row, key) for key in WON)
        lost = sum(exact(row, key) for key in LOST)
        assert exact(row, "opening") + won - lost == exact(row, "closing")
        assert exact(row, "opening") == (exact(before, "closing") if before else 0)


def test_customers_with_the_same_key_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = document(SAAS)["tables"]
    shared = ("hash(left(t, 6), 0)", "hash(t, 1)")  # those of cus_q5Arqj are those of cus_q
    monkeypatch.setattr(customer_keys, "KEYS", shared)

    assert document(SAAS)["tables"] == tables


def test_plans_add_up_to_the_whole(example: Any) -> None:
    closing: Counter[str] = Counter()
    for row in example["tables"]["plans"]:
        closing[row["month"]] += exact(row, "closing")  # type: ignore[assignment]

    assert closing == {
        row["month"]: exact(row, "closing") for row in example["tables"]["movements"]
    }


def test_the_close_of_the_example_is_what_pandas_counts(example: Any) -> None:
    rows = pd.read_csv(SAAS, dtype=str)
    day = {name: pd.to_datetime(rows[f"{name} (UTC)"]) for name in ("Start", "Trial End")}
    ends = pd.to_datetime(rows["Ended At (UTC)"]).dt.date
    starts = day["Trial End"].fillna(day["Start"]).dt.date
    monthly = rows["Amount"].astype(float) / rows["Interval"].map({"month": 1, "year": 12})
    running = rows["Status"].isin(["active", "past_due"]) & (starts <= date(2026, 10, 31))
    last = example["tables"]["movements"][-1]

    assert last["closing"] == pytest.approx(monthly[running].sum(), abs=0.01)
    assert last["customers_closing"] == rows["Customer ID"][running].nunique()
    assert ends[running].isna().all()


def test_the_rows_are_accounted_for(example: Any) -> None:
    (one,) = example["provenance"]["inputs"]

    assert one["kind"] == "subscriptions"
    assert one["profile"] == "stripe_subscriptions"
    assert one["rows_read"] == one["rows_used"] + sum(one["set_aside"].values()) == 1100
    assert example["as_of"] == "2026-10-31"
    assert example["currency"] == "USD"


@pytest.mark.slow
def test_a_period_shows_its_months_and_changes_none() -> None:
    whole = document(GOLDEN)["tables"]["movements"]
    part = document(GOLDEN, "--from", "2026-02-10", "--to", "2026-03-01")["tables"]["movements"]

    assert [row["month"] for row in part] == ["2026-02", "2026-03"]
    assert part == whole[1:3]


@pytest.mark.slow
def test_a_period_is_compared_whole() -> None:
    one = document(GOLDEN, "--reconcile")
    assert one["compared"] == ["2026-04", "2026-04"]
    three = document(GOLDEN, "--reconcile", "--from", "2026-02-01")
    assert three["compared"] == ["2026-02", "2026-04"]
    new = next(row for row in three["tables"]["conventions"] if row["key"] == "new")
    assert new["value"] == 110


@pytest.mark.slow
def test_the_month_that_is_not_over_is_not_compared() -> None:
    found = document(GOLDEN, "--reconcile", "--as-of", "2026-04-20")

    assert found["compared"] == ["2026-03", "2026-03"]


@pytest.mark.slow
def test_a_chosen_convention_is_compared_with_standard_alone() -> None:
    found = document(GOLDEN, "--reconcile", "--as", "stripe")

    assert {row["convention"] for row in found["tables"]["conventions"]} == {"standard", "stripe"}
    assert found["convention"] == "stripe"
    assert found["provenance"]["given"] == {"as": "stripe"}


def test_a_convention_can_be_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTV_AS", "stripe")

    assert document(GOLDEN)["convention"] == "stripe"


def test_the_result_goes_to_a_file(tmp_path: Path) -> None:
    done = ltv("mrr", GOLDEN, "--format", "csv", "--out", tmp_path / "mrr.csv")

    assert (done.exit_code, done.stdout) == (0, "")
    assert len(pd.read_csv(tmp_path / "mrr.csv")) == 4


def test_python_gives_the_same() -> None:
    answer = ltvcli.mrr(GOLDEN, from_="2026-02-01", as_="stripe")

    assert answer.months[0].month == date(2026, 2, 1)
    assert list(answer.to_pandas()["month"]) == ["2026-02", "2026-03", "2026-04"]
    assert answer.to_dict()["tables"]["movements"][0]["new"] == 100
    assert str(answer).startswith("MRR        $170.00 from 6 paying customers")


def test_impossible_questions_are_errors_in_python() -> None:
    with pytest.raises(NotAChoiceError):
        ltvcli.mrr(GOLDEN, by="country")
    with pytest.raises(ContradictionError):
        ltvcli.mrr(GOLDEN, by="plan", reconcile=True)
