"""Both programs of the subscription benchmark find the movements the definition gives."""

from __future__ import annotations

import calendar
import csv
import hashlib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks import data, measure, movements, totals

ROWS = 5_000
MONTH_ENDS = [
    date(year, month, calendar.monthrange(year, month)[1])
    for year in (2023, 2024, 2025)
    for month in range(1, 13)
]


@pytest.fixture(scope="module")
def subscriptions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data.subscriptions(ROWS, tmp_path_factory.mktemp("subscriptions"))


@pytest.fixture(scope="module")
def expected(subscriptions: Path) -> movements.Movements:
    """Compare who pays what at the ends of months, one after the other."""
    with subscriptions.open(newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, dict[str, Decimal]] = {}
    opening: dict[str, Decimal] = {}
    for day in MONTH_ENDS:
        closing = _paid(rows, day)
        returning = {
            row["customer_id"] for row in rows if row["start_date"] < day.isoformat()[:8] + "01"
        }
        flow: defaultdict[str, Decimal] = defaultdict(Decimal)
        for customer in {*opening, *closing}:
            before = opening.get(customer, Decimal(0))
            after = closing.get(customer, Decimal(0))
            if not before:
                kind = "reactivation" if customer in returning else "new"
            elif not after:
                kind = "churn"
            else:
                kind = "expansion" if after > before else "contraction"
            flow[kind] += abs(after - before)
            flow[f"customers_{kind}"] += 1
        for side, paid in (("opening", opening), ("closing", closing)):
            flow[side] = sum(paid.values(), Decimal(0))
            flow[f"customers_{side}"] = Decimal(len(paid))
        keys = (*movements.MONEY, *(f"customers_{key}" for key in movements.CUSTOMERS))
        found[f"{day:%Y-%m}"] = {key: flow[key] for key in keys}
        opening = closing
    return found


def _paid(rows: list[dict[str, str]], day: date) -> dict[str, Decimal]:
    """MRR by customer of what runs at the end of a day."""
    paid: dict[str, Decimal] = {}
    for row in rows:
        if row["start_date"] <= day.isoformat() and (row["end_date"] or "9") > day.isoformat():
            mrr = Decimal(row["amount"]) / {"month": 1, "year": 12}[row["interval"]]
            paid[row["customer_id"]] = paid.get(row["customer_id"], Decimal(0)) + mrr
    return paid


def test_the_data_is_the_same_on_every_machine(subscriptions: Path) -> None:
    assert hashlib.md5(subscriptions.read_bytes()).hexdigest() == "dd35c6c0c2baf47436337e1de65b0430"


@pytest.mark.slow
def test_the_data_moves_in_every_way(expected: movements.Movements) -> None:
    for key in movements.MONEY:
        assert any(month[key] for month in expected.values()), key


@pytest.mark.slow
def test_pandas_finds_the_movements(subscriptions: Path, expected: movements.Movements) -> None:
    pytest.importorskip("pandas")
    command = totals.rival(movements.RIVAL, subscriptions)

    found = movements.of_rival(measure.run(command).stdout)

    assert not movements.disagreement(found, expected)


def test_ltv_finds_the_movements(subscriptions: Path, expected: movements.Movements) -> None:
    command = totals.ltv("mrr", subscriptions, "--format", "json")

    found = movements.of_ltv(measure.run(command).stdout)

    assert not movements.disagreement(found, expected)


def test_a_movement_that_differs_by_a_cent_is_named(expected: movements.Movements) -> None:
    month = {**expected["2024-05"]}
    month["churn"] += Decimal("0.01")

    assert not movements.disagreement(expected, expected)
    said = movements.disagreement(expected, {**expected, "2024-05": month})
    assert said.startswith("2024-05: ")
    assert said.endswith(", ".join(f"{key} {value}" for key, value in month.items()))
    assert "\n" not in said
