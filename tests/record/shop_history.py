"""A history of eight months: `python -m tests.record.shop_history tests/golden/history/history.db`.

At the end of each month the orders so far are valued. Until January the export misses one of its
channels, which a later one has; from March on, a customer costs 25 and not 20.
"""

from __future__ import annotations

import os
import sys
import tempfile
from calendar import monthrange
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path

from ltvcli.commands import _recording
from ltvcli.commands._start import Start
from ltvcli.pipeline import calc
from ltvcli.settings import settings as config

ORDERS = Path(__file__).parents[1] / "golden/segments/orders.csv"
FIRST, MONTHS = (2025, 10), 8
MISSED = "mail"
REVISED = date(2026, 2, 1)
DEARER = date(2026, 3, 1)


def ends() -> Iterator[date]:
    """Return the last day of each month."""
    year, month = FIRST
    for _ in range(MONTHS):
        yield date(year, month, monthrange(year, month)[1])
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def exported(day: date) -> str:
    """Return the file as it was exported on a day."""
    header, *rows = ORDERS.read_text("utf-8").splitlines(keepends=True)
    kept = [
        row
        for row in rows
        if date.fromisoformat(row.split(",")[1]) <= day
        and (day >= REVISED or not row.rstrip().endswith(MISSED))
    ]
    return "".join([header, *kept])


def write(history: Path) -> None:
    """Record all runs."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for day in ends():
            Path("orders.csv").write_text(exported(day), "utf-8")
            options = {"cac": 25 if day >= DEARER else 20, "as_of": day}
            settings = config.from_python({**options, "record": True, "history": str(history)})
            at = datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)
            with _recording.of(settings, Start(now=at, lang="en")) as remember:
                remember(calc.run(["orders.csv"], settings))


if __name__ == "__main__":
    write(Path(os.path.abspath(sys.argv[1])))
