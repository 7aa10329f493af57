from __future__ import annotations

import numpy as np
import pytest

from ltvcli.stats.purchases.best_fit import Objective
from ltvcli.stats.purchases.grouped_records import grouped, levels
from ltvcli.stats.purchases.record import Cells


def record(size: int) -> Cells:
    random = np.random.default_rng(0)
    age = random.uniform(1, 100, size)
    frequency = random.poisson(2, size).astype(np.float64)
    recency = np.where(frequency > 0, age * random.random(size), 0.0)
    return Cells(
        frequency=frequency,
        recency=recency,
        age=age,
        weight=random.integers(1, 9, size).astype(np.float64),
    )


def test_grouping_records_changes_no_sum() -> None:
    cells = record(5000)
    few = grouped(cells, 500)
    assert len(few.weight) < 1500
    assert few.weight.sum() == cells.weight.sum()
    for name in ("frequency", "recency", "age"):
        total = getattr(few, name) @ few.weight
        assert total == pytest.approx(getattr(cells, name) @ cells.weight), name


def test_customers_of_different_frequency_stay_apart() -> None:
    cells = record(5000)
    few = grouped(cells, 500)
    for orders in range(4):
        of = few.weight[few.frequency == orders].sum()
        assert of == cells.weight[cells.frequency == orders].sum()


def test_no_order_comes_after_the_end() -> None:
    few = grouped(record(5000), 500)
    assert (few.recency <= few.age).all()


def test_a_small_record_is_its_own_summary() -> None:
    seen: list[int] = []

    def objective(cells: Cells) -> Objective:
        seen.append(len(cells.weight))
        return lambda at: (0.0, at)

    found = levels(objective, record(400))
    assert found.close is found.fine is found.exact
    assert found.rough is not found.exact
    assert seen[0] == 400
    assert len(seen) == 2
