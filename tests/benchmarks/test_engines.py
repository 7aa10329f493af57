"""The benchmark of engines measures the stated quantities, and all programs agree."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks import engines, totals

ROWS = 2000
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts this")


def test_cpu_seconds_are_those_of_a_process() -> None:
    before, began = engines.cpu_seconds(0x7FFFFFFF), time.process_time()
    assert before == 0
    own = Path("/proc/self").resolve().name
    start = engines.cpu_seconds(int(own))
    while time.process_time() - began < 0.3:
        pass
    assert 0.2 < engines.cpu_seconds(int(own)) - start < 2


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["PostgreSQL", "Sail"])
def test_ltv_and_sql_by_hand_agree_in_an_engine(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "COMMANDS", {"calc": ()})
    found = dict(engines.measured(ROWS, tmp_path, 1, [engine]))
    if not found:
        pytest.skip(f"{engine} is not installed")
    costs = found[engine]
    engines.write(tmp_path / "costs.csv", engine, ROWS, costs)
    by_hand = totals.of_rival(costs[engines.BY_HAND].stdout)
    with (tmp_path / "costs.csv").open(newline="") as file:
        kept = list(csv.DictReader(file))

    assert totals.of_ltv(costs["calc"].stdout) == by_hand
    assert by_hand[0] == ROWS
    assert [(row["command"], row["orders"]) for row in kept] == [
        (command, str(ROWS)) for command in (engines.BY_HAND, "calc")
    ]
    assert {row["customers"] for row in kept} == {str(by_hand[1])}
    assert all(int(row["received"]) > 5_000 for row in kept)
