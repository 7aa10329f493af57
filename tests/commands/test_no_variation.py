"""Data in which nothing varies has no interval: its error is unknown, not zero."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

pytestmark = pytest.mark.sampled

HEADER = "customer_id,subscription_id,start_date,end_date,amount,interval,currency,status"


def answer(path: Path, *options: str) -> dict[str, Any]:
    arguments = ["calc", str(path), "--as-of", "2025-06-30", "--margin", "0.8", "--format", "json"]
    done = CliRunner().invoke(app, [*arguments, *options], prog_name="ltv")
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(done.stdout)
    return document | {"methods": {each["method"]: each for each in document["methods"]}}


def subscriptions(path: Path, amounts: list[int]) -> Path:
    rows = [
        f"c{n},s{n},2024-0{n % 6 + 1}-01,,{amounts[n % len(amounts)]},month,usd,active"
        for n in range(80)
    ]
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return path


def orders(path: Path, amounts: list[int]) -> Path:
    rows = [
        f"c{n},{year}-0{n % 6 + 1}-{day},{amounts[n % len(amounts)]}"
        for n in range(120)
        for year, day in ((2024, "01"), (2024, "15"))
    ]
    path.write_text("\n".join(["customer,date,total", *rows]), "utf-8")
    return path


@pytest.mark.parametrize("kind", [subscriptions, orders])
def test_customers_who_are_all_alike_give_no_interval_and_a_warning(
    kind: Any, tmp_path: Path
) -> None:
    found = answer(kind(tmp_path / "alike.csv", [20]), "--cac", "5")

    observed = found["methods"]["observed"]
    assert observed["ltv"] > 0
    assert (observed["low"], observed["high"]) == (None, None)
    assert (found["verdict"]["low"], found["verdict"]["probability"]) == (None, None)
    assert "interval-unknown" in {finding["check"] for finding in found["findings"]}
    for row in found["tables"]["curve"]:
        assert (row["cumulative_low"], row["cumulative_high"]) == (None, None)


@pytest.mark.parametrize("kind", [subscriptions, orders])
def test_customers_who_differ_have_an_interval(kind: Any, tmp_path: Path) -> None:
    found = answer(kind(tmp_path / "differ.csv", [20, 21, 25]), "--cac", "5")

    observed = found["methods"]["observed"]
    assert observed["low"] < observed["ltv"] < observed["high"]
    assert found["verdict"]["probability"] is not None
    assert "interval-unknown" not in {finding["check"] for finding in found["findings"]}


def test_a_bound_of_churn_gives_no_interval_of_the_value_that_stands_on_it(tmp_path: Path) -> None:
    """Nobody left: churn is at most 3 / customer-months, so the value may be any larger one."""
    found = answer(subscriptions(tmp_path / "differ.csv", [20, 21, 25]))

    assert found["figures"]["churn"]["source"] == "assumed"
    by_churn = found["methods"]["arpu-churn"]
    assert by_churn["ltv"] > 0
    assert (by_churn["low"], by_churn["high"]) == (None, None)
