"""Retention between two days, compared with sums over single customers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.analyses.benchmark.retention import between, months_before
from ltvcli.engines import duckdb
from tests.mrr_reference import Stretch
from tests.subscribers import gathered

AS_OF = date(2026, 6, 30)


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    with duckdb.open([], tmp_path, None) as opened:
        yield opened


def history(seed: int, customers: int = 60) -> list[Stretch]:
    chance = random.Random(seed)
    found: list[Stretch] = []
    for number in range(customers):
        begun = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        for part in range(chance.randrange(1, 4)):
            stop = begun + timedelta(days=chance.randrange(1, 500))
            amount = Decimal(chance.choice([10, 20, 35]))
            ends = None if stop > AS_OF else stop
            found.append(Stretch(f"c{number}", begun, ends, amount, subscription=f"s{part}"))
            begun = stop + timedelta(days=chance.choice([0, 0, 90]))
            if ends is None or begun > AS_OF:
                break
    return found


def paid(stretches: list[Stretch], customer: str, day: date) -> Decimal:
    return sum(
        (
            stretch.amount
            for stretch in stretches
            if stretch.customer == customer
            and stretch.start <= day
            and (stretch.end is None or stretch.end > day)
        ),
        Decimal(0),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("opens", "closes"), [("2025-06-30", AS_OF), ("2026-05-31", AS_OF)])
def test_retention_is_that_of_the_customers_of_the_first_day(
    engine: Any, seed: int, opens: str, closes: date
) -> None:
    stretches = history(seed)
    facts = gathered(engine, stretches, AS_OF)
    before = {
        name: paid(stretches, name, date.fromisoformat(opens))
        for name in {stretch.customer for stretch in stretches}
    }
    base = {name: amount for name, amount in before.items() if amount}
    after = {name: paid(stretches, name, closes) for name in base}
    opening = sum(base.values())

    found = between(engine, date.fromisoformat(opens), closes, facts.first)

    kept = sum(min(base[name], after[name]) for name in base)
    gone = sum(not amount for amount in after.values())
    assert opening
    assert found["nrr"].value == pytest.approx(float(sum(after.values()) / opening), abs=1e-12)
    assert found["grr"].value == pytest.approx(float(kept / opening), abs=1e-12)
    assert found["logo_churn"].value == pytest.approx(gone / len(base), abs=1e-12)
    for figure in found.values():
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
    assert found["grr"].value <= min(1, found["nrr"].value)


def test_nothing_is_known_of_a_window_that_opens_before_the_data(engine: Any) -> None:
    facts = gathered(engine, [Stretch("a", date(2026, 1, 1))], AS_OF)

    assert between(engine, date(2025, 12, 31), AS_OF, facts.first) == {}
    assert between(engine, date(2026, 1, 1), AS_OF, facts.first)["nrr"].value == 1


def test_no_loss_among_few_customers_is_no_proof(engine: Any) -> None:
    stretches = [Stretch(f"c{number}", date(2025, 1, 1)) for number in range(30)]
    facts = gathered(engine, stretches, AS_OF)

    found = between(engine, date(2025, 6, 30), AS_OF, facts.first)

    assert (found["grr"].value, found["grr"].low, found["grr"].high) == (1, 0.9, 1)
    assert found["logo_churn"].high == pytest.approx(0.1)
    assert (found["nrr"].value, found["nrr"].low, found["nrr"].high) == (1, None, None)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 10, 31), 12, date(2025, 10, 31)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2026, 3, 15), 12, date(2025, 3, 15)),
    ],
)
def test_months_before_keeps_the_ends_of_months(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier
